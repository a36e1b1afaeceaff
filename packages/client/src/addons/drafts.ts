import type { Feature } from '../context.ts';
import { type Field, isChanged, isTicked, PRIVATE } from '../lib/fields.ts';

/** Where the fields wait for the page that comes, in the storage of the tab: address of the page, and of each field its own. */
const KEPT = 'djust-drafts';
const QUESTION = 'Reload? Not all you entered can be kept.';

/**
 * What the user entered and did not send survives when the client loads the page anew, because its site has another build
 * for one (4409). The page that comes has it in its fields, and its view hears of it. What must not be stored, or cannot be
 * found again, makes the client ask first.
 */
export const drafts: Feature = {
  name: 'drafts',
  install({ on, isLive }) {
    on('djust:before-reload', (event) => {
      if (!keep() && !confirm(QUESTION)) event.preventDefault();
    });
    on('djust:view-mounted', bringBack);
    if (isLive()) bringBack();
  },
};

/** Where and whose: nothing of one person comes into the fields of another one. */
const pageOf = (): string => location.href + document.querySelector('[data-dj-epoch]')?.getAttribute('data-dj-epoch');

/** False when something would be lost. */
function keep(): boolean {
  const kept: (string | boolean)[] = [pageOf()];
  let isLost = false;
  for (const field of document.querySelectorAll<Field>('input,textarea,select')) {
    if (!isChanged(field)) continue;
    const address = addressOf(field);
    if (address) kept.push(address, field[keyOf(field)]);
    else isLost = true;
  }
  try {
    if (kept[1]) sessionStorage[KEPT] = JSON.stringify(kept);
  } catch {
    isLost = true;
  }
  return !isLost;
}

function bringBack(): void {
  try {
    const [page, ...kept] = JSON.parse(sessionStorage[KEPT] ?? '[]') as unknown[];
    delete sessionStorage[KEPT];
    while (page === pageOf() && kept[1] !== undefined) {
      const [address, value] = kept.splice(0, 2) as [string, never];
      const field = document.querySelector<Field>(address);
      if (!field || isChanged(field)) continue;
      field[keyOf(field)] = value;
      for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
    }
  } catch {
    // Storage is forbidden, or holds what is none of ours.
  }
}

const keyOf = (field: Field): 'value' => (isTicked(field) ? ('checked' as 'value') : 'value');

/** A selector that finds this field and no other, in the next form of the page as well; rows are known by their key. */
function addressOf(field: Field): string | undefined {
  const said = (name: string): string => {
    const value = field.closest(`[${name}]`)?.getAttribute(name);
    return value ? `[${name}="${CSS.escape(value)}"]` : '';
  };
  const own = field.id ? said('id') : said('name') + (isTicked(field) ? said('value') : '');
  const address = `${said('data-key') || said('dj-key')} ${own || '_'}`;
  const [only, other] = document.querySelectorAll(address);
  return only === field && !other && !field.closest(`${PRIVATE},[type=file],[multiple]`) ? address : undefined;
}
