import { type ChosenKeys, PANEL_KEYS, TAB_KEYS } from '../ui/keys.ts';
import { LIST_KEYS, STATE_KEYS } from '../ui/row-keys.ts';

/** A place of the panel and what keys do there. */
export interface KeyGroup {
  readonly title: string;
  readonly actions: readonly KeyAction[];
}

export interface KeyAction {
  readonly name: string;
  readonly text: string;
  /** As long as nobody chose another. */
  readonly key: string;
}

const group = <A extends string>(
  title: string,
  keys: Readonly<Record<A, string>>,
  texts: Readonly<Record<A, string>>,
): KeyGroup => ({
  title,
  actions: (Object.keys(keys) as A[]).map((name) => ({ name, text: texts[name], key: keys[name] })),
});

const ANYWHERE = group('Anywhere in the panel', PANEL_KEYS, {
  toggle: 'Open or close the panel, from the page too',
  search: 'Search in the tab',
  replay: 'Replay the selected event on a fork',
  export: 'Export the session as a file',
  pause: 'Pause or go on recording',
  clear: 'Forget what was recorded',
  dock: 'Move the panel to the next side',
  help: 'Show the keys',
  tab1: 'Open Overview',
  tab2: 'Open Events',
  tab3: 'Open Network',
  tab4: 'Open Patches',
  tab5: 'Open State',
  tab6: 'Open Performance',
  tab7: 'Open Handlers',
  tab8: 'Open Tree',
  tab9: 'Open Time',
});

/** Everything that can be done by key, by the place where it can. */
export const KEY_GROUPS: readonly KeyGroup[] = [
  ANYWHERE,
  group('On the tabs', TAB_KEYS, {
    previousTab: 'Previous tab',
    nextTab: 'Next tab',
    intoTab: 'Into the tab; from the search too',
  }),
  group('In lists', LIST_KEYS, {
    nextRow: 'Next row',
    previousRow: 'Previous row',
    rowBelow: 'Next row, by arrow',
    rowAbove: 'Previous row, by arrow',
  }),
  group('In the state', STATE_KEYS, {
    copyPath: 'Copy the path of the field',
    copyJson: 'Copy the field as JSON',
  }),
];

export const keyOf = ({ name, key }: KeyAction, chosen: ChosenKeys): string => chosen[name] || key;

/** What opens the developer tools of Chrome, Firefox or Safari. */
const BROWSER_KEY = /^(F12|Mod\+(Shift|Alt)\+[CEIJKMSUZ])$/;
/** What buttons, fields and lists are worked with, whatever else is chosen. */
const WIDGET_KEY = /^(Shift\+)?( |Enter|Escape|Tab|Home|End|PageUp|PageDown)$/;
const ARROW_KEY = /^(Shift\+)?Arrow/;

/** The other action that a key would do, where both could be meant: what works anywhere shares its key with nothing. */
export function holderOf(key: string, action: KeyAction, chosen: ChosenKeys): KeyAction | undefined {
  const isIn = ({ actions }: KeyGroup): boolean => actions.includes(action);
  const near = KEY_GROUPS.filter((one) => isIn(one) || one === ANYWHERE || isIn(ANYWHERE));
  return near.flatMap(({ actions }) => actions).find((other) => other !== action && keyOf(other, chosen) === key);
}

/** Why an action cannot have a key; undefined when it can. */
export function refusalOf(key: string, action: KeyAction, chosen: ChosenKeys): string | undefined {
  if (BROWSER_KEY.test(key)) return 'That key belongs to the tools of the browser.';
  if (WIDGET_KEY.test(key)) return 'That key belongs to buttons, fields and lists.';
  if (ARROW_KEY.test(key) && ANYWHERE.actions.includes(action))
    return 'Arrows move within lists, tabs and fields; they cannot do this too.';
  const holder = holderOf(key, action, chosen);
  return holder && `“${holder.text}” has that key. Change it there first.`;
}
