import { syncForms } from '../page/sync-forms.ts';

/** For script tags: forms with dj-sync work without a network. */
const KEY = Symbol.for('djust.sync');
const page = globalThis as { [KEY]?: true };
if (!page[KEY]) {
  page[KEY] = true;
  syncForms(new AbortController().signal);
}
