import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Handler, plainPage, type Site } from './site.ts';

/** What a server may answer instead of the page that was expected: statuses, redirects, other things than pages, silence. */
export const FAULTS = [
  '200',
  '204',
  '206',
  '301',
  '302',
  '303',
  '307',
  'location',
  '401',
  '403',
  '404',
  '410',
  '500',
  '502',
  'own-404',
  'timeout',
  'reset',
  'text',
  'download',
  'policy',
] as const;

export type Fault = (typeof FAULTS)[number];

/** Past every patience of the worker. */
const LATE_MS = 250;
const TIMEOUT_MS = 450;

/** Answers `/fault/<fault>-<before|after>`: before or after the worker has begun the page. */
export async function answerFault(request: IncomingMessage, response: ServerResponse, site: Site): Promise<boolean> {
  const [, fault, when] = /^\/fault\/([\w-]+)-(before|after)/.exec(request.url ?? '') ?? [];
  if (!fault) return false;
  await site.delay(when === 'after' ? LATE_MS : 0);
  const isMain = String(
    request.headers['x-djust-main-only'] ?? request.headers['service-worker-navigation-preload'],
  ).includes(site.layout.id);
  await ANSWERS[fault as Fault]({ request, response, site, isMain, fault });
  return true;
}

interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly site: Site;
  readonly isMain: boolean;
  readonly fault: string;
}

const page = ({ request, response, site, fault }: Asked, status: number, headers: Record<string, string> = {}): void =>
  site.page(request, response, { title: fault, main: `<h1>The page ${fault}</h1>`, status, headers });

/** A page of something before our server, which knows nothing of shells. */
const foreign =
  (status: number) =>
  ({ response, fault }: Asked): void => {
    response.writeHead(status, { 'content-type': 'text/html', connection: 'close' });
    response.end(`<!DOCTYPE html><title>${status}</title><h1>The proxy says ${fault}</h1>`);
  };

const redirect =
  (status: number) =>
  ({ response, fault }: Asked): void =>
    void response.writeHead(status, { location: `/page/700?from=${fault}`, connection: 'close' }).end();

const other =
  (type: string, headers: Record<string, string> = {}) =>
  ({ response }: Asked): void =>
    void response.writeHead(200, { 'content-type': type, connection: 'close', ...headers }).end('some text');

/** Resolves when the frame is asked for. */
function shownUpTo(site: Site, path: string): Promise<void> {
  return new Promise((resolve) => {
    const answer: Handler = ({ url }, response) => {
      if (url !== path) return false;
      site.handlers.splice(site.handlers.indexOf(answer), 1);
      response.writeHead(200, { 'content-type': 'text/html', connection: 'close' }).end();
      resolve();
      return true;
    };
    site.handlers.unshift(answer);
  });
}

const ANSWERS: Record<Fault, (asked: Asked) => void | Promise<void>> = {
  '200': (asked) => page(asked, 200),
  '204': ({ response }) => void response.writeHead(204, { connection: 'close' }).end(),
  '206': foreign(206),
  '301': redirect(301),
  '302': redirect(302),
  '303': redirect(303),
  '307': redirect(307),
  location: (asked) => {
    if (!asked.isMain) return redirect(302)(asked);
    page(asked, 200, { 'x-page-location': '/page/700?from=location' });
  },
  '401': foreign(401),
  '403': foreign(403),
  '404': foreign(404),
  '410': foreign(410),
  '500': foreign(500),
  '502': foreign(502),
  'own-404': (asked) => page(asked, 404),
  timeout: async ({ request, site }) => {
    await site.delay(TIMEOUT_MS);
    site.silence(request);
  },
  reset: async ({ response, site, isMain }) => {
    const [before] = site.layout.shell.split('<!--djust:main-->');
    response.writeHead(200, {
      ...site.headers(),
      'x-shell': site.layout.id,
      ...(isMain && { 'x-djust-main-only': site.layout.id }),
    });
    // How much a browser shows of what came before the break is a matter of its speed, so all of it has its time: behind it
    // stands a frame, which no browser asks for before it is there, and when that is asked for the wire breaks.
    const isShown = shownUpTo(site, '/fault-shown');
    response.write(`${isMain ? '' : before}<h1>The page breaks off</h1>${plainPage('/page/1').main}`);
    response.write('<iframe src="/fault-shown" title="the end"></iframe>');
    await isShown;
    response.destroy();
  },
  text: other('text/plain'),
  download: other('application/octet-stream', { 'content-disposition': 'attachment; filename="some.bin"' }),
  // A page of our own with a stricter policy than its frame was sent with.
  policy: (asked) => page(asked, 200, { 'content-security-policy': "default-src 'none'" }),
};
