import type { PatchFrame, ServerFrame, UnknownFrame } from '@djust/protocol';
import type { Feature } from '../context.ts';
import type { EventDetail } from '../emitter.ts';

/** What an element looked like before it was locked. */
interface Before {
  text: string | null;
  wasDisabled: boolean;
  /** Open events from this element. */
  open: number;
}

const GLOBAL = 'djust-global-loading';
const LOADING = 'djust-loading';
const LOCKED = 'djust-locked';

/**
 * Shows that something is on its way, and keeps a button from being pressed twice:
 * `dj-confirm`, `dj-lock`, `dj-disable-with`, `dj-loading`. Whatever way an event ends, the element is given back.
 */
export const loading: Feature = {
  name: 'loading',
  frames: { patch: note, html_update: note, noop: note },
  install(context) {
    const held = new Map<Element, Before>();
    let open = 0;
    const over = (detail: EventDetail): void => {
      open--;
      if (open === 0) document.body.classList.remove(GLOBAL);
      for (const thing of thingsOf(detail)) release(thing, held);
      showLoading(detail.event, false);
    };

    context.on('djust:before-event', (event) => {
      const { element } = event.detail;
      if (!element) return;
      const question = element.getAttribute('dj-confirm');
      const isLocked = thingsOf(event.detail).some((thing) => held.has(thing) && locks(thing));
      if (isLocked || (question !== null && !confirm(question))) event.preventDefault();
    });
    context.on('djust:event-queued', ({ detail }) => {
      open++;
      document.body.classList.add(GLOBAL);
      for (const thing of thingsOf(detail)) hold(thing, held);
      showLoading(detail.event, true);
    });
    context.on('djust:event-settled', ({ detail }) => {
      const wait = lasting.get(detail.outcome.ref);
      lasting.delete(detail.outcome.ref);
      if (wait) wait.push(() => over(detail));
      else over(detail);
    });
    // A server that was lost does not end what it began.
    context.on('djust:view-mounted', () => [...working.keys()].forEach(finish));
  },
};

/** What waits for work in the background, by event; and by the ref of an event that began some. */
const working: Map<string, (() => void)[]> = new Map();
const lasting: Map<number | undefined, (() => void)[]> = new Map();

/** An answer may say that more is to come, which names the event and no ref. */
function note(frame: ServerFrame | UnknownFrame): void {
  const { ref, event_name = '', async_pending, source } = frame as Partial<PatchFrame>;
  if (!async_pending) {
    if (source === 'async') finish(event_name);
  } else if (ref !== undefined) {
    const wait = working.get(event_name) ?? [];
    working.set(event_name, wait);
    lasting.set(ref, wait);
  }
}

function finish(event: string): void {
  const wait = working.get(event) ?? [];
  working.delete(event);
  for (const run of wait) run();
}

const locks = (thing: Element): boolean => thing.hasAttribute('dj-lock') || thing.hasAttribute('dj-disable-with');

/**
 * What an event sets waiting: its element, and the button that sent a form. Only a submit is about the button: were it
 * disabled because a field was left (`dj-blur` on the form), the click that made the user leave it would be lost.
 */
function thingsOf({ element, event }: EventDetail): Element[] {
  if (!element) return [];
  const isSubmit = element instanceof HTMLFormElement && element.getAttribute('dj-submit')?.trim() === event;
  const button = isSubmit ? element.querySelector('[dj-disable-with]') : null;
  return button ? [element, button] : [element];
}

function hold(thing: Element, held: Map<Element, Before>): void {
  thing.classList.add(LOADING);
  const before = held.get(thing);
  if (before) {
    before.open++;
    return;
  }
  const text = thing.getAttribute('dj-disable-with');
  held.set(thing, {
    text: text === null ? null : thing.textContent,
    wasDisabled: 'disabled' in thing && thing.disabled === true,
    open: 1,
  });
  if (text !== null) thing.textContent = text;
  if (thing.hasAttribute('dj-lock')) thing.classList.add(LOCKED);
  if (locks(thing)) setDisabled(thing, true);
}

function release(thing: Element, held: Map<Element, Before>): void {
  const before = held.get(thing);
  if (!before || --before.open > 0) return;
  held.delete(thing);
  thing.classList.remove(LOADING, LOCKED);
  const waiting = thing.getAttribute('dj-disable-with');
  // A patch may have written another text in the meantime; then that one is right.
  if (before.text !== null && thing.textContent === waiting) thing.textContent = before.text;
  if (locks(thing)) setDisabled(thing, before.wasDisabled);
}

function setDisabled(element: Element, isDisabled: boolean): void {
  if (!('disabled' in element)) element.toggleAttribute('aria-disabled', isDisabled);
  // A disabled button loses the focus; the user should find it again when it comes back.
  else if (element.ownerDocument.activeElement === element) element.setAttribute('aria-disabled', String(isDisabled));
  else element.disabled = isDisabled;
  if (!isDisabled) element.removeAttribute('aria-disabled');
}

/** `dj-loading="save"`: shown only while `save` is open. */
function showLoading(event: string, isOn: boolean): void {
  for (const element of document.querySelectorAll<HTMLElement>(`[dj-loading="${CSS.escape(event)}"]`)) {
    element.classList.toggle(LOADING, isOn);
    const does = (what: string): boolean => element.hasAttribute(`dj-loading.${what}`);
    if (does('show')) element.hidden = !isOn;
    if (does('hide')) element.hidden = isOn;
    if (does('disable')) setDisabled(element, isOn);
  }
}
