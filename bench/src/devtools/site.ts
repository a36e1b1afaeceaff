import { fileURLToPath } from 'node:url';
import { createServer, defineView, files, html, type Listening, listen, type plainLayout, repeat } from '@djust/server';

const folder = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

interface Row {
  readonly id: number;
  readonly text: string;
}

const ROWS = 200;

/** A table of which each event changes ten texts, and a view whose state has 10 MB. */
const table = defineView({
  name: 'bench.table',
  state: { rows: [] as Row[], turn: 0 },
  mount: () => ({ rows: Array.from({ length: ROWS }, (_, id) => ({ id, text: 'row' })) }),
  events: {
    turn: ({ rows, turn }) => ({
      turn: turn + 1,
      rows: rows.map((row) => (row.id % 20 === turn % 20 ? { ...row, text: `turn ${turn}` } : row)),
    }),
  },
  render: ({ rows, turn }) => html`<p id="turn">${turn}</p>
    <ul>${repeat(
      rows,
      ({ id }) => id,
      ({ text }) => html`<li><b>${text}</b> <i>and more</i></li>`,
    )}</ul>`,
});

const KEYS = 200;
const BYTES = 52_500;

const large = defineView({
  name: 'bench.large',
  state: { fields: {} as Record<string, { text: string; list: { n: number }[] }>, turn: 0 },
  mount: () => ({
    fields: Object.fromEntries(
      Array.from({ length: KEYS }, (_, at) => [
        `field${at}`,
        { text: String(at).padEnd(BYTES - 2_000, 'x'), list: Array.from({ length: 200 }, (_, n) => ({ n })) },
      ]),
    ),
  }),
  events: { turn: ({ turn }) => ({ turn: turn + 1 }) },
  render: ({ turn }) => html`<p id="turn">${turn}</p>`,
});

/** Pages with the panel (`/table`) and without it (`/bare/table`); both have the client for development. */
export async function startSite(): Promise<Listening> {
  const layout =
    (hasPanel: boolean): typeof plainLayout =>
    (parts) => {
      const panel = hasPanel ? html`<script src="/djust-devtools/djust-devtools.js" type="module"></script>` : '';
      return html`<!DOCTYPE html>
      <html lang="en">
        <head><meta charset="utf-8"><title>bench</title>${panel}<script src="/djust/djust.js" defer></script></head>
        <body><main>${parts.root}</main></body>
      </html>`;
    };
  const server = createServer({
    isDevelopment: true,
    log: () => {},
    pages: { '/table': table, '/large': large, '/bare/table': table },
    layout: (parts) => layout(!parts.path.startsWith('/bare'))(parts),
  });
  const fallback = files({
    '/djust/': folder('packages/client/dist/'),
    '/djust-devtools/': folder('packages/devtools/dist/script/'),
  });
  // Isolated, so that the clock of the page has a resolution of microseconds.
  const fetch: typeof server.fetch = async (request) => {
    const response = await server.fetch(request);
    response?.headers.set('cross-origin-embedder-policy', 'require-corp');
    return response;
  };
  return listen({ ...server, fetch }, { port: 0, fallback });
}
