import { createHash } from 'node:crypto';
import { html, renderToString, type TemplateResult, unsafeHtml } from '@djust/server';
import { layout } from './layout.ts';
import { addTask, allTasks } from './tasks.ts';

type Handler = (request: Request) => Response | Promise<Response>;

/** The ordinary pages of the site: a request comes, a document goes. */
export const PAGES: Readonly<Record<string, Handler>> = {
  '/': () =>
    page(
      'Home',
      '/',
      html`
      <h1>An ordinary site</h1>
      <p>Most of its pages are documents. <a href="/counter">One counts</a>, <a href="/clock">one ticks</a>: they are live views.</p>
      <p><a href="/old">A link that is redirected</a>, <a href="/broken">one that is broken</a>, <a href="/nowhere">one that leads nowhere</a>,
        <a href="/report.csv">a file</a>.</p>`,
    ),
  '/tasks': async (request) => (request.method === 'POST' ? takeTask(request) : tasksPage()),
  '/notes': () =>
    page(
      'Notes',
      '/notes',
      html`
      <h1>Notes</h1>
      <p>What you type here is still there when you come back with the back button.</p>
      <p><label>A note <textarea name="note" rows="4"></textarea></label></p>
      <details><summary>More</summary><p>So is what you have opened.</p></details>
      <div class="tall" aria-hidden="true"></div>
      <p id="end"><a href="/counter">On to the counter</a></p>`,
    ),
  '/upload': async (request) => (request.method === 'POST' ? takeFile(request) : uploadPage()),
  '/scripts': () =>
    page(
      'Scripts',
      '/scripts',
      html`
      <h1>Scripts</h1>
      <p>Inline scripts run: <output id="inline-runs">0</output></p>
      <p>Module evaluated: <output id="module-runs">0</output></p>
      ${unsafeHtml(`<script>${INLINE_SCRIPT}</script>`)}
      <script type="module" src="/static/module.js"></script>`,
    ),
  '/old': () => redirect('/tasks'),
  '/broken': () => page('Broken', '/broken', html`<h1>Something broke</h1><p>This is the page of status 500.</p>`, 500),
  '/report.csv': () =>
    new Response('task\nRead the guide\n', {
      headers: { 'content-type': 'text/csv', 'content-disposition': 'attachment; filename="report.csv"' },
    }),
  '/login': async (request) => {
    if (request.method !== 'POST') return redirect('/account');
    return redirect('/account', { 'set-cookie': 'user=ana; Path=/; HttpOnly; SameSite=Lax' });
  },
  '/account': (request) => accountPage(userOf(request)),
  '/logout': (request) => {
    if (request.method !== 'POST') return redirect('/account');
    return redirect('/account', { 'set-cookie': 'user=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0' });
  },
};

/** The text is fixed, so the policy can name it by its hash. */
const INLINE_SCRIPT = `{
  const runs = document.getElementById('inline-runs');
  globalThis.inlineRuns = (globalThis.inlineRuns ?? 0) + 1;
  runs.value = globalThis.inlineRuns;
}`;
export const INLINE_HASH: string = createHash('sha256').update(INLINE_SCRIPT).digest('base64');

export function page(title: string, path: string, content: TemplateResult, status = 200): Response {
  return new Response(renderToString(layout({ title, path, content })), {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-cache' },
  });
}

const redirect = (to: string, headers: Record<string, string> = {}): Response =>
  new Response(null, { status: 303, headers: { location: to, ...headers } });

function tasksPage(problem = '', name = ''): Response {
  const content = html`
    <h1>Tasks</h1>
    <form method="post" action="/tasks">
      <label>New task <input name="name" value=${name} aria-invalid=${problem ? 'true' : null}></label>
      <button>Add</button>
      ${problem ? html`<p role="alert">${problem}</p>` : ''}
    </form>
    <ul id="tasks">${allTasks().map((task) => html`<li>${task}</li>`)}</ul>`;
  return page('Tasks', '/tasks', content, problem ? 422 : 200);
}

async function takeTask(request: Request): Promise<Response> {
  const name = String((await request.formData()).get('name') ?? '');
  const problem = addTask(name);
  return problem ? tasksPage(problem, name) : redirect('/tasks');
}

function uploadPage(said = ''): Response {
  const content = html`
    <h1>Upload</h1>
    <form method="post" action="/upload" enctype="multipart/form-data">
      <label>A file <input type="file" name="file" required></label>
      <button>Send</button>
    </form>
    ${said ? html`<p id="received">${said}</p>` : ''}`;
  return page('Upload', '/upload', content);
}

async function takeFile(request: Request): Promise<Response> {
  const file = (await request.formData()).get('file');
  return uploadPage(file instanceof File ? `${file.name}, ${file.size} bytes` : 'No file came.');
}

const userOf = (request: Request): string | undefined => /\buser=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1];

function accountPage(user: string | undefined): Response {
  const content = user
    ? html`<h1>Account</h1><p id="secret">Signed in as ${user}</p><form method="post" action="/logout"><button>Sign out</button></form>`
    : html`<h1>Account</h1><p>Nobody is signed in.</p><form method="post" action="/login"><button>Sign in</button></form>`;
  return page('Account', '/account', content);
}
