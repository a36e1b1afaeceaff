import type { StoredStream } from '@djust/outbox';
import { LIMITS } from '@djust/protocol';
import type { Feature, FeatureContext } from '../context.ts';
import { checkRule, type Durable, type DurableSession, KEPT, type Keeping, type Settled } from '../lib/durable.ts';

/** How often the events of tabs that are gone are looked for. */
const LOOK_MS = 30_000;

/**
 * Takes up the events that `outbox` kept for pages that are gone. A page goes on where its tab was before the reload, or a tab
 * that is gone; what others left on other pages is sent in the background.
 */
export const adopt: Feature = {
  name: 'adopt',
  install(context) {
    const durable = context.features.get('durable') as Durable | undefined;
    const session = durable?.session;
    if (!session) return;
    session.check = checkRule;
    durable.adopt = (keeping) => void begin(session, keeping, context);
    if (durable.keeping) durable.adopt(durable.keeping);
  },
};

async function begin(
  session: DurableSession,
  { store, epoch, held, keep, lock, failed }: Keeping,
  { clock, emit, isLive, signal }: FeatureContext,
): Promise<void> {
  const settled: Settled = (event, outcome) => void emit('djust:event-settled', { ...event, outcome });

  const take = (stream: StoredStream, release: () => void): void => {
    for (const event of stream.events) emit('djust:event-queued', event);
    if (session.resume && stream.at === location.href) return session.resume(stream, settled);
    const other = session.replay(stream, settled);
    keep(other, () => {
      other.stop();
      release();
    });
  };

  const look = async (): Promise<void> => {
    const own = sessionStorage[KEPT];
    // The own one first: there can be only one that goes on here.
    for (const { id, savedAt } of (await store.all()).sort(({ id }) => (id === own ? -1 : 1))) {
      if (held.has(id) || (id !== own && Date.now() - savedAt < LIMITS.orphanMs)) continue;
      const release = await lock(id);
      // Its last holder may have settled it meanwhile.
      const stream = release && (await store.all()).find((stream) => stream.id === id);
      if (stream?.epoch === epoch) take(stream as StoredStream, release as () => void);
      else if (release) {
        // Somebody else's, or settled.
        await store.remove(id);
        release();
      }
    }
  };

  const again = async (): Promise<void> => {
    if (session.resume || isLive()) await look().catch(failed);
    session.resume?.();
    if (!signal.aborted) clock.after(LOOK_MS, again);
  };
  await again();
}
