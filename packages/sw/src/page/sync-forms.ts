import type { Mutation } from '../sync/mutation.ts';
import { createSync, type SyncClient, type SyncOptions } from './sync.ts';

const ACTIONS = ['create', 'update', 'delete'] as const;

/**
 * Forms that work without a network: `<form dj-sync="note.create" data-dj-owner="…">`. Its fields become the record;
 * `data-key` and `data-base` name an existing one and the version that is shown. What waits is listed in
 * `<ul dj-sync-waiting="note"><template>…<b data-field="text"></b></template></ul>`.
 */
export function syncForms(signal: AbortSignal): void {
  const clients = new Map<string, SyncClient>();
  const clientFor = (owner: string): SyncClient => {
    const known = clients.get(owner) ?? createSync({ owner, signal, ...limitsHere() });
    clients.set(owner, known);
    return known;
  };
  /** What a form says whose change is on its way into the store. */
  const keeping = new WeakMap<HTMLFormElement, string>();
  const show = async (): Promise<void> => {
    for (const client of clients.values()) showWaiting(await client.waiting());
  };
  document.addEventListener(
    'submit',
    (event) => {
      const form = event.target as HTMLFormElement;
      const wanted = readForm(form);
      if (!wanted) return;
      event.preventDefault();
      const { owner, ...mutation } = wanted;
      const sent = JSON.stringify(mutation.data);
      // A second press, while the first is being kept.
      if (keeping.get(form) === sent) return;
      keeping.set(form, sent);
      clientFor(owner)
        .add(mutation)
        .then(
          // Who writes fast is at the next one already.
          () => JSON.stringify(fieldsOf(form)) === sent && form.reset(),
          (error: unknown) =>
            form.dispatchEvent(new CustomEvent('djust:sync-refused', { detail: { error }, bubbles: true })),
        )
        .finally(() => keeping.get(form) === sent && keeping.delete(form));
    },
    { signal, capture: true },
  );
  document.addEventListener('djust:sync-changed', () => void show(), { signal });
  for (const form of document.querySelectorAll<HTMLElement>('[dj-sync][data-dj-owner]'))
    clientFor(form.dataset.djOwner ?? '');
  void show();
}

/** What the view of this page has said. */
function limitsHere(): Pick<SyncOptions, 'maxItems' | 'batch' | 'timeoutMs'> {
  const { djMaxItems, djBatch, djTimeout } = document.querySelector<HTMLElement>('[dj-root]')?.dataset ?? {};
  const count = (text: string | undefined): number | undefined => Number(text) || undefined;
  return { maxItems: count(djMaxItems), batch: count(djBatch), timeoutMs: count(djTimeout) };
}

type Wanted = Omit<Mutation, 'id' | 'at'> & { owner: string };

function readForm(form: HTMLFormElement): Wanted | undefined {
  const [, model, action] = /^([\w-]+)\.(\w+)$/.exec(form.getAttribute('dj-sync') ?? '') ?? [];
  const known = ACTIONS.find((one) => one === action);
  if (!model || !known) return undefined;
  const { key = crypto.randomUUID(), base = '0', djOwner } = form.dataset;
  const owner = djOwner ?? document.querySelector<HTMLElement>('[data-dj-owner]')?.dataset.djOwner ?? '';
  return { owner, model, action: known, key, base: Number(base), data: fieldsOf(form) };
}

const fieldsOf = (form: HTMLFormElement): Mutation['data'] => Object.fromEntries(new FormData(form));

function showWaiting(mutations: readonly Mutation[]): void {
  for (const list of document.querySelectorAll<HTMLElement>('[dj-sync-waiting]')) {
    const template = list.querySelector('template');
    const mine = mutations.filter(
      ({ model, action }) => model === list.getAttribute('dj-sync-waiting') && action !== 'delete',
    );
    list.hidden = mine.length === 0;
    if (template) list.replaceChildren(template, ...mine.map((mutation) => rowOf(template, mutation)));
  }
}

function rowOf(template: HTMLTemplateElement, { data }: Mutation): DocumentFragment {
  const row = template.content.cloneNode(true) as DocumentFragment;
  // As text: what somebody typed is never markup.
  for (const slot of row.querySelectorAll<HTMLElement>('[data-field]'))
    slot.textContent = String(data[slot.dataset.field ?? ''] ?? '');
  return row;
}
