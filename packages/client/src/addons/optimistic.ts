import type { JsonObject } from '@djust/protocol';
import type { Feature } from '../context.ts';

/** What a page registers as `djust.optimistic.name`: shows at once what the event will most likely change. */
type Apply = (element: Element, params: JsonObject) => void;

interface Guess {
  readonly element: Element;
  readonly params: JsonObject;
  readonly apply: Apply;
  readonly cancel: () => void;
  /** What it has changed; empty while the page shows what the server says. */
  records: MutationRecord[];
  focused: Element | null;
}

/** An event without an answer for so long is no longer shown as if it had one. */
const GUESS_MS = 10_000;

const EVERYTHING = {
  subtree: true,
  childList: true,
  attributes: true,
  attributeOldValue: true,
  characterData: true,
  characterDataOldValue: true,
};

/**
 * `dj-optimistic="name"` on an element: its event is shown before the server has answered. Patches are made for the
 * server's page, so a guess is taken back, node by node, before each of them, and made again behind it while its event is open.
 */
export const optimistic: Feature = {
  name: 'optimistic',
  install({ on, root, clock, signal }) {
    let guesses: Guess[] = [];
    const hideAll = (): void => {
      for (const guess of [...guesses].reverse()) hide(guess);
    };
    const showAll = (): void => {
      for (const guess of guesses) show(guess, root());
    };
    /** Those that came later were made upon it. */
    const drop = (params: JsonObject): void => {
      if (!guesses.some((guess) => guess.params === params)) return;
      hideAll();
      guesses = guesses.filter((guess) => guess.params !== params || void guess.cancel());
      showAll();
    };
    on('djust:event-queued', ({ detail: { element, params } }) => {
      const { djust } = globalThis as { djust?: { optimistic?: Record<string, Apply> } };
      const apply = djust?.optimistic?.[element?.getAttribute('dj-optimistic') ?? ''];
      if (!element || !apply) return;
      const cancel = clock.after(GUESS_MS, () => drop(params));
      const guess: Guess = { element, params, apply, cancel, records: [], focused: null };
      guesses.push(guess);
      show(guess, root());
    });
    on('djust:event-settled', ({ detail: { params } }) => drop(params));
    on('djust:before-patch', hideAll);
    on('djust:patched', showAll);
    on('djust:view-unmounted', () => {
      hideAll();
      for (const { cancel } of guesses) cancel();
      guesses = [];
    });
    signal.addEventListener('abort', hideAll);
  },
};

function show(guess: Guess, root: Element | undefined): void {
  if (!root) return;
  const observer = new MutationObserver(() => {});
  observer.observe(root, EVERYTHING);
  guess.focused = document.activeElement;
  try {
    guess.apply(guess.element, guess.params);
  } catch (error) {
    reportError(error);
  }
  guess.records = observer.takeRecords();
  observer.disconnect();
}

/** Backwards, so that each step finds the neighbours that it had. */
function hide(guess: Guess): void {
  for (const record of guess.records.reverse()) {
    const { target, type, attributeName, oldValue, nextSibling } = record;
    if (type === 'characterData') target.nodeValue = oldValue;
    else if (type === 'childList') {
      for (const node of record.addedNodes) node.parentNode?.removeChild(node);
      for (const node of record.removedNodes) target.insertBefore(node, nextSibling);
    } else if (oldValue === null) (target as Element).removeAttribute(attributeName as string);
    else (target as Element).setAttribute(attributeName as string, oldValue);
  }
  guess.records = [];
  const { activeElement, body } = document;
  if (activeElement === body) (guess.focused as HTMLElement | null)?.focus();
}
