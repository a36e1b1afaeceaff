import { CAPS } from './model/caps.ts';
import { DEFAULT_RULE } from './model/redact.ts';

export type Dock = 'bottom' | 'top' | 'left' | 'right' | 'float' | 'window';

/** What a developer set; kept for the origin. */
export interface Prefs {
  isOpen: boolean;
  dock: Dock;
  sizePx: number;
  theme: 'auto' | 'light' | 'dark';
  tab: string;
  /** The page makes room instead of being covered. */
  pushes: boolean;
  flashes: boolean;
  follows: boolean;
  /** Histories survive loads of the page. */
  preserves: boolean;
  toasts: boolean;
  /** Values of the state may be changed in place. */
  edits: boolean;
  /** Events that are kept at most. */
  keeps: number;
  /** Fields of the state and of parameters whose values never leave the panel. */
  redact: string;
  query: string;
  presets: string[];
  /** Where the button stands. */
  anchor: string;
  /** Fields of the state that stay in sight, each a path as JSON. */
  pins: string[];
  /** The address that opens a place of a file in an editor. */
  editor: string;
  /** Action → key. */
  keys: Record<string, string>;
}

const KEY = 'djust:devtools:prefs:v1';

export const DEFAULTS: Prefs = {
  isOpen: false,
  dock: 'bottom',
  sizePx: 380,
  theme: 'auto',
  tab: 'overview',
  pushes: true,
  flashes: true,
  follows: true,
  preserves: true,
  toasts: true,
  edits: false,
  keeps: CAPS.events,
  redact: DEFAULT_RULE,
  query: '',
  presets: [],
  anchor: 'bottom-right',
  pins: [],
  editor: 'vscode://file/{file}:{line}:{column}',
  keys: {},
};

/** Whatever is stored, each field that does not fit is as if it were not there. */
export function readPrefs(storage: Pick<Storage, 'getItem'> | undefined): Prefs {
  const prefs: Prefs = structuredClone(DEFAULTS);
  try {
    const stored = JSON.parse(storage?.getItem(KEY) ?? '{}') as Record<string, unknown>;
    for (const [name, fallback] of Object.entries(DEFAULTS)) {
      const value = stored[name];
      const isSame = typeof value === typeof fallback && Array.isArray(value) === Array.isArray(fallback);
      if (isSame && value !== null) Object.assign(prefs, { [name]: value });
    }
  } catch {
    // What cannot be read is written anew with the next change.
  }
  if (!['bottom', 'top', 'left', 'right', 'float'].includes(prefs.dock)) prefs.dock = 'bottom';
  for (const list of ['presets', 'pins'] as const)
    prefs[list] = prefs[list].filter((text) => typeof text === 'string').slice(0, CAPS.presets);
  for (const [action, key] of Object.entries(prefs.keys)) if (typeof key !== 'string') delete prefs.keys[action];
  return prefs;
}

/** How many events that means: a number from a storage that any script can write. */
export const keptBy = ({ keeps }: Prefs): number =>
  Math.min(CAPS.events, Math.max(10, Math.floor(keeps) || CAPS.events));

export function writePrefs(storage: Pick<Storage, 'setItem'> | undefined, prefs: Prefs): void {
  try {
    storage?.setItem(KEY, JSON.stringify(prefs));
  } catch {
    // Full or forbidden; the panel works without.
  }
}
