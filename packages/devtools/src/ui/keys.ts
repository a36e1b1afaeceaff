/** What can be done by key, and the key as long as nobody chose another. `Mod` is Command on a Mac, Control elsewhere. */
export const ACTIONS = {
  toggle: { key: 'Mod+Shift+D', text: 'Open or close the panel' },
  search: { key: '/', text: 'Search in the tab' },
  replay: { key: 'r', text: 'Replay the selected event on a fork' },
  export: { key: 'e', text: 'Export the session as a file' },
  pause: { key: 'p', text: 'Pause or go on recording' },
  clear: { key: 'x', text: 'Forget what was recorded' },
  dock: { key: 'd', text: 'Move the panel to the next side' },
  help: { key: '?', text: 'Show the keys' },
} as const;

export type Action = keyof typeof ACTIONS;

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

export const keyOf = (action: Action, chosen: Readonly<Record<string, string>>): string =>
  chosen[action] || ACTIONS[action].key;

/** `Mod+Shift+D` for an event of the keyboard. */
export function keyName(event: KeyboardEvent): string {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  const isMod = isMac ? metaKey : ctrlKey;
  const isLetter = /^[a-z]$/i.test(key);
  return [
    isMod ? 'Mod' : '',
    altKey ? 'Alt' : '',
    // A sign that needs Shift, like ?, names itself.
    shiftKey && (isLetter || key.length > 1) ? 'Shift' : '',
    isLetter ? (shiftKey || isMod ? key.toUpperCase() : key.toLowerCase()) : key,
  ]
    .filter(Boolean)
    .join('+');
}

/** Whether the key belongs to a field that is being typed in. */
export function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  return (
    target instanceof Element &&
    (target.matches('textarea, select, input:not([type="checkbox"], [type="range"], [type="radio"])') ||
      (target instanceof HTMLElement && target.isContentEditable))
  );
}

export function actionFor(event: KeyboardEvent, chosen: Readonly<Record<string, string>>): Action | undefined {
  const name = keyName(event);
  return (Object.keys(ACTIONS) as Action[]).find((action) => keyOf(action, chosen) === name);
}
