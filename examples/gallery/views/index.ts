import { defineView, html, type View } from '@djust/server';

/** What the index needs to know of a demo. */
interface Entry {
  readonly path: string;
  readonly link?: string;
  readonly name: string;
  readonly summary: string;
}

const SAMPLE = `defineView({
  name: 'demo.counter',
  state: { count: 0 },
  events: {
    add: ({ count }) => ({ count: count + 1 }),
  },
  render: ({ count }) => html\`
    <button dj-click="add">\${count}</button>\`,
})`;

/** The start page. It is live as well: it says how many have it open. */
export function index(entries: readonly Entry[]): View {
  return defineView({
    name: 'gallery.index',
    title: 'djust gallery',
    state: { here: 1 },
    mount: (ctx) => ctx.present('gallery', {}),
    info: { 'presence:gallery': (_, { present }) => ({ here: (present as unknown[]).length }) },
    render: ({ here }) => html`
      <div class="hero">
        <div>
          <h1>Live pages, rendered on the server</h1>
          <p class="lead">A page is a value: a state, the events it understands, and a template. The server sends what
            changed, and a small script puts it in place. The source of every page below is one click away.</p>
        </div>
        <pre class="code" tabindex="0" role="region" aria-label="A whole page"><code>${SAMPLE}</code></pre>
      </div>
      <ul class="tiles">
        ${entries.map(
          ({ path, link, name, summary }) =>
            html`<li><a href=${link ?? path}><b>${name}</b><span>${summary}</span></a></li>`,
        )}
      </ul>
      <p class="note" role="status">${here === 1 ? 'You are the only one here right now.' : `${here} visitors have this page open right now.`}</p>`,
  });
}
