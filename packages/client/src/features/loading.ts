import type { Feature } from '../context.ts';

/** What an element looked like before it was locked. */
interface Before {
  text: string | null;
  isDisabled: boolean;
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
  install(context) {
    const { signal } = context;
    const held = new Map<Element, Before>();
    let open = 0;

    context.on(
      'djust:before-event',
      (event) => {
        const { element } = event.detail;
        if (!element) return;
        const question = element.getAttribute('dj-confirm');
        const isLocked = held.has(element) && locks(element);
        if (isLocked || (question !== null && !confirm(question))) event.preventDefault();
      },
      { signal },
    );
    context.on(
      'djust:event-queued',
      ({ detail: { element, event } }) => {
        open++;
        document.body.classList.add(GLOBAL);
        if (element) hold(element, held);
        showLoading(event, true);
      },
      { signal },
    );
    context.on(
      'djust:event-settled',
      ({ detail: { element, event } }) => {
        open--;
        if (open === 0) document.body.classList.remove(GLOBAL);
        if (element) release(element, held);
        showLoading(event, false);
      },
      { signal },
    );
  },
};

const locks = (element: Element): boolean =>
  element.hasAttribute('dj-lock') || buttonOf(element).hasAttribute('dj-disable-with');

/** The button of a form is what the user pressed. */
const buttonOf = (element: Element): Element =>
  element instanceof HTMLFormElement ? (element.querySelector('[dj-disable-with]') ?? element) : element;

function hold(element: Element, held: Map<Element, Before>): void {
  element.classList.add(LOADING);
  const before = held.get(element);
  if (before) {
    before.open++;
    return;
  }
  const button = buttonOf(element);
  const text = button.getAttribute('dj-disable-with');
  held.set(element, {
    text: text === null ? null : button.textContent,
    isDisabled: 'disabled' in button && button.disabled === true,
    open: 1,
  });
  if (text !== null) button.textContent = text;
  if (element.hasAttribute('dj-lock')) element.classList.add(LOCKED);
  if (text !== null || element.hasAttribute('dj-lock')) setDisabled(button, true);
}

function release(element: Element, held: Map<Element, Before>): void {
  const before = held.get(element);
  if (!before || --before.open > 0) return;
  held.delete(element);
  element.classList.remove(LOADING, LOCKED);
  const button = buttonOf(element);
  const waiting = button.getAttribute('dj-disable-with');
  // A patch may have written another text in the meantime; then that one is right.
  if (before.text !== null && button.textContent === waiting) button.textContent = before.text;
  if (before.text !== null || element.hasAttribute('dj-lock')) setDisabled(button, before.isDisabled);
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
    if (element.hasAttribute('dj-loading.show')) element.hidden = !isOn;
    if (element.hasAttribute('dj-loading.hide')) element.hidden = isOn;
    if (element.hasAttribute('dj-loading.disable')) setDisabled(element, isOn);
  }
}
