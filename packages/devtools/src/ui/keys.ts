/** Action → key, where somebody chose another. */
export type ChosenKeys = Readonly<Record<string, string>>;

/**
 * The keys of the panel as long as nobody chose others: what each does is in `tabs/key-table.ts`. `Mod` is Command on a Mac,
 * Control elsewhere.
 */
export const PANEL_KEYS = {
  toggle: 'Mod+Shift+D',
  search: '/',
  replay: 'r',
  export: 'e',
  pause: 'p',
  clear: 'x',
  dock: 'd',
  help: '?',
  tab1: '1',
  tab2: '2',
  tab3: '3',
  tab4: '4',
  tab5: '5',
  tab6: '6',
  tab7: '7',
  tab8: '8',
  tab9: '9',
} as const;

/** While a tab has the focus; the last also from what is searched for. */
export const TAB_KEYS = { previousTab: 'ArrowLeft', nextTab: 'ArrowRight', intoTab: 'ArrowDown' } as const;

export type Action = keyof typeof PANEL_KEYS;

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** A key as it is written on the keyboard. */
export const keyText = (key: string): string => key.replace('Mod', isMac ? '⌘' : 'Ctrl');

/** `Mod+Shift+D` for an event of the keyboard. */
export function keyName(event: KeyboardEvent): string {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  const [isMod, isOther] = isMac ? [metaKey, ctrlKey] : [ctrlKey, metaKey];
  const isLetter = /^[a-z]$/i.test(key);
  return [
    isMod ? 'Mod' : '',
    // With it a key is the system's.
    isOther ? 'Meta' : '',
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

/** Which of these actions has the key that was pressed. */
export function actionFor<A extends string>(
  keys: Readonly<Record<A, string>>,
  event: KeyboardEvent,
  chosen: ChosenKeys,
): A | undefined {
  const name = keyName(event);
  return (Object.keys(keys) as A[]).find((action) => (chosen[action] || keys[action]) === name);
}
