import { idbStore } from '@djust/outbox';
import type { Feature, FeatureContext } from '../context.ts';
import { type Durable, type DurableSession, KEPT, type Keeping } from '../lib/durable.ts';
import { PRIVATE } from '../lib/fields.ts';

/**
 * Keeps open events in IndexedDB until their outcome is known, so that they outlive a reload, a crash and the browser. The
 * add-on `adopt` takes them up.
 */
export const outbox: Feature = {
  name: 'outbox',
  install(context) {
    const durable = context.features.get('durable') as Durable | undefined;
    const session = durable?.session;
    if (!session) return;
    const keeping = keepingOf(context, secretsOf(context, session));
    const begin = (): void => {
      keeping.keep(session);
      void keeping.lock(session.id);
    };
    // While something of an earlier page is looked for, the session has no name yet.
    if (session.resume) session.onChange = () => session.resume ?? begin();
    else begin();
    durable.keeping = keeping;
    // Open from now on, so that an event is with the browser before its click is over.
    keeping.store.all().catch(keeping.failed);
    durable.adopt?.(keeping);
    // Whoever comes next in this browser shall find nothing.
    context.on('djust:error', ({ detail: { code } }) => code === 'session/denied' && keeping.forget());
    document.addEventListener('djust:session-ended', keeping.forget, { signal: context.signal });
  },
};

/** Parameters that must not be stored. Where a page has private fields, nobody knows which of them was sent before we came. */
function secretsOf({ on }: FeatureContext, { open }: DurableSession): WeakSet<object> {
  const early = document.querySelector(PRIVATE) && open?.events.map(({ params }) => params);
  const secrets = new WeakSet<object>(early);
  on('djust:event-queued', ({ detail: { element, params } }) => {
    const form = element?.closest('form,[data-no-store]') ?? element;
    if (form?.matches(PRIVATE) || form?.querySelector(PRIVATE)) secrets.add(params);
  });
  return secrets;
}

function keepingOf({ emit }: FeatureContext, secrets: WeakSet<object>): Keeping {
  const store = idbStore();
  let isOver: boolean | undefined;
  const held = new Set<string>();
  const epoch = document.querySelector('[data-dj-epoch]')?.getAttribute('data-dj-epoch') ?? null;
  const failed = (error: unknown): void =>
    void emit('djust:error', { code: 'outbox/storage', detail: error as string });

  /** Writes down what is open, beside the sending, as often as it changes; and strikes it out when nothing is open any more. */
  const keep = (session: DurableSession, emptied?: () => void): void => {
    let isStored = !!emptied;
    let isDue = false;
    const write = async (): Promise<void> => {
      isDue = false;
      const { open, id } = session;
      const isWanted = !isOver && !!open && (!!open.events[0] || (!emptied && !!document.querySelector('[dj-keep]')));
      if (!isWanted && !isStored) return;
      isStored = isWanted;
      if (isWanted) {
        if (!emptied) sessionStorage[KEPT] = id;
        localStorage[KEPT] = 1;
        const events = open.events.map((event) =>
          secrets.has(event.params) ? { ...event, params: {}, isPartial: true } : event,
        );
        await store.save({ ...open, events, at: emptied ? '' : location.href, epoch, savedAt: Date.now() });
      } else {
        await store.remove(id);
        if (!(await store.all())[0]) delete localStorage[KEPT];
        emptied?.();
      }
    };
    session.onChange = () => {
      if (!isDue) queueMicrotask(() => write().catch(failed));
      isDue = true;
    };
    session.onChange();
  };

  /** The browser gives a lock back when its tab is gone, however that came. Without TLS it has none, and nothing is taken up. */
  const lock: Keeping['lock'] = (id) =>
    new Promise((answer: (release?: () => void) => void) => {
      const { locks } = navigator;
      if (!locks) answer();
      else
        void locks.request(`djust-outbox ${id}`, { ifAvailable: true }, (lock) => {
          if (!lock) return answer();
          held.add(id);
          return new Promise<void>((release) =>
            answer(() => {
              held.delete(id);
              release();
            }),
          );
        });
    });
  // What is open on this page is still sent, but not written down again.
  const forget = (): void => {
    isOver = true;
    store.clear().catch(failed);
  };
  return { store, epoch, held, keep, lock, failed, forget };
}
