import type { FlashFrame } from '@djust/protocol';
import type { Feature, FeatureContext } from '../context.ts';
import type { DjustEventMap } from '../emitter.ts';
import { isDev } from '../lib/dev.ts';
import { PATIENCE_MS } from '../lib/patience.ts';

const DISMISS_MS = 6_000;
const MOST_NOTICES = 5;

/** Tells the user what the page has to say: flash messages, failures, the state of the connection. */
export const notices: Feature = {
  name: 'notices',
  frames: {
    flash: (frame, context) => showFlash(frame as FlashFrame, context),
  },
  install(context) {
    let cancel = (): void => {};
    setNetwork('connecting');
    context.on('djust:phase-changed', ({ detail: { phase, from } }) => {
      // Over a connection that is there already nothing is amiss.
      if (phase === 'mounting') return;
      const isOver = phase === 'stopped';
      if (!/connecting|waiting/.test(phase)) {
        cancel();
        setNetwork(isOver ? 'offline' : 'online');
        return showConnection(isOver ? 'The connection has ended. Please reload the page.' : '');
      }
      if (document.documentElement.dataset.djNet === 'reconnecting') return;
      // The first connection of a page is not lost yet.
      if (from !== 'idle') setNetwork('reconnecting');
      cancel();
      cancel = context.clock.after(PATIENCE_MS, () => showConnection('Not connected. Trying again …'));
    });
    // Others may have something better to show; they are asked first.
    context.on('djust:error', (event) =>
      queueMicrotask(() => event.defaultPrevented || showError(event.detail, context)),
    );
  },
};

type Network = 'connecting' | 'online' | 'reconnecting' | 'offline';

/** `<html data-dj-net="…">` and `body.dj-disconnected` let a stylesheet react. */
function setNetwork(state: Network): void {
  document.documentElement.dataset.djNet = state;
  document.body?.classList.toggle('dj-disconnected', /^(re|off)/.test(state));
}

function showConnection(text: string): void {
  let banner = document.getElementById('dj-connection');
  if (!banner && !text) return;
  banner ??= addLive('dj-connection', 'status');
  // What others have put behind the text stays.
  (banner.firstChild ?? banner).textContent = text;
  banner.hidden = !text;
}

function showFlash({ action, level = 'info', message = '' }: FlashFrame, context: FeatureContext): void {
  if (action === 'clear') container().replaceChildren();
  else notify(message, level, context);
}

/** What a user reads when the server said nothing. */
const TEXTS: Record<string, string> = {
  'outbox/full': 'Too many actions are waiting. This action was not taken.',
  'outbox/dropped': 'Not connected. This action was not taken.',
  'outbox/expired': 'Not connected for too long. This action was not taken.',
  'frame/too-large': 'Too large. This action was not taken.',
  'session/lost': 'The connection was lost. Please check whether your last action was taken.',
  'session/denied': 'You may not see this page.',
  'rate/limited': 'Too fast. Please slow down.',
};

function showError({ message, code, id, at, hint }: DjustEventMap['djust:error'], context: FeatureContext): void {
  const text = message ?? TEXTS[code];
  // The rest is for developers: the page mends it by itself.
  if (!text && !isDev) return;
  // The log is searched by the beginning as well; a user can note that down.
  const reference = id ? ` (${id.slice(0, 8)})` : '';
  const details = isDev ? ` [${code}${at ? ` at ${at}` : ''}] ${hint ?? ''}` : '';
  notify((text ?? code) + reference + details, 'error', context, !id);
}

function notify(message: string, level: string, context: FeatureContext, isPassing = true): void {
  const box = container();
  const item = document.createElement('div');
  item.className = `dj-notice dj-notice-${level.replace(/\W/g, '')}`;
  item.textContent = message;
  const close = document.createElement('button');
  close.textContent = '×';
  close.ariaLabel = 'Dismiss';
  close.onclick = () => item.remove();
  item.append(close);
  box.append(item);
  while (box.childElementCount > MOST_NOTICES) box.firstElementChild?.remove();
  const ms = Number(box.dataset.djAutoDismiss ?? DISMISS_MS);
  if (ms && isPassing) context.clock.after(ms, () => item.remove());
}

function container(): HTMLElement {
  return document.getElementById('dj-flash-container') ?? addLive('dj-flash-container', 'log');
}

/** A region that assistive technology reads out when something appears in it. */
function addLive(id: string, role: string): HTMLElement {
  addStyles();
  const element = document.createElement('div');
  element.id = id;
  element.role = role;
  document.body.append(element);
  return element;
}

let hasStyles = false;

/** Low in the cascade, so that any rule of the page wins; a constructed sheet, which a strict CSP allows. */
function addStyles(): void {
  if (hasStyles) return;
  hasStyles = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    '@layer djust{' +
      '#dj-connection,#dj-flash-container{position:fixed;z-index:1000;inset-inline:0;margin:auto;width:fit-content;font:1rem/1.4 system-ui}' +
      '#dj-connection{top:.5rem}#dj-flash-container{bottom:1rem;display:grid;gap:.5rem}' +
      '#dj-connection,.dj-notice{padding:.5rem 1rem;border-radius:.5rem;background:#246;color:#fff;overflow-wrap:anywhere}' +
      '#dj-connection,.dj-notice-warning{background:#740}.dj-notice-error{background:#812}.dj-notice-success{background:#163}' +
      '.dj-notice button{all:unset;cursor:pointer;padding:0 1rem;float:inline-end}' +
      '.dj-notice button:focus-visible{outline:2px solid}}',
  );
  document.adoptedStyleSheets.push(sheet);
}
