/** Held by every tab that would lose something if it were loaded anew. The browser lets go of it when the tab dies. */
const LOCK = 'djust-busy';

/** Would something be lost? Text that was typed and is on no server, or an event that is still on its way. */
export function isBusy(root: ParentNode = document): boolean {
  const { djust } = globalThis as { djust?: { openEvents?: number } };
  if ((djust?.openEvents ?? 0) > 0) return true;
  return [...root.querySelectorAll<HTMLInputElement>('input, textarea, select')].some(isChanged);
}

function isChanged(field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): boolean {
  if (field.disabled || field.closest('[data-no-snapshot]')) return false;
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options];
    return (
      options.some(({ defaultSelected }) => defaultSelected) &&
      options.some((one) => one.selected !== one.defaultSelected)
    );
  }
  if (field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type))
    return field.checked !== field.defaultChecked;
  return !/^(hidden|submit|button|reset|image)$/.test(field.type) && field.value !== field.defaultValue;
}

/** Tells the other tabs whether this one is busy; `changed` is called when it no longer is. */
export function watchBusy(changed: () => void, signal: AbortSignal): void {
  let release: (() => void) | undefined;
  const hold = (): void => {
    const free = new Promise<void>((resolve) => {
      release = resolve;
    });
    const held = navigator.locks.request(LOCK, { mode: 'shared' }, () => free);
    // Whoever waits for a quiet moment may look only when the lock is really free.
    held.then(changed, changed);
  };
  const look = (): void => {
    if (isBusy() === (release !== undefined)) return;
    if (!release) return hold();
    release();
    release = undefined;
  };
  // What a handler of the page does with the event comes first.
  const later = (): void => void setTimeout(look);
  for (const type of [
    'input',
    'change',
    'submit',
    'reset',
    'djust:event-queued',
    'djust:event-settled',
    'djust:patched',
  ])
    document.addEventListener(type, later, { signal, capture: true });
  signal.addEventListener('abort', () => release?.());
  look();
}

/** Runs `act` when no tab is busy. A tab that becomes busy meanwhile looks after itself. */
export async function ifNobodyIsBusy(act: () => void): Promise<void> {
  await navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => {
    if (lock) act();
  });
}
