import { idbStore, type OutboxStore, type StoredEvent, type StoredStream } from '@djust/outbox';
import { now } from './scope.ts';
import { sessionMark } from './session.ts';

const AT_ONCE = 50;
const ANSWER_MS = 30_000;
/** More than a full outbox takes. A server that has another session for each request would keep us busy for ever. */
const MOST_TURNS = 30;

interface Answer {
  readonly session: string;
  /** It is the one that was asked for, also when it has another name by now. */
  readonly isSame: boolean;
  readonly acked: number;
  readonly done: number;
}

/**
 * Sends the open events of pages that are gone. A page that lives holds the lock of its events and sends them itself; the
 * lock is given back by the browser when its holder dies.
 * @returns whether something is left that may go later
 */
export async function flushEvents(url: string): Promise<boolean> {
  const store = idbStore();
  let isLeft = false;
  for (const { id } of await store.all())
    isLeft =
      (await navigator.locks.request(`djust-outbox ${id}`, { ifAvailable: true }, async (lock) => {
        for (let turns = 0; lock && turns < MOST_TURNS; turns++) {
          // Read under the lock: its last holder may have settled some.
          const stream = (await store.all()).find((one) => one.id === id);
          const step = stream ? await sendSome(store, stream, url) : 'done';
          if (step !== 'more') return step === 'later';
        }
        // Its page lives, and may be closed before it has sent them; or it takes too long.
        return true;
      })) || isLeft;
  return isLeft;
}

/** Nothing is struck out before the server has named its outcome, and it knows what it has seen: nothing is lost or done twice. */
async function sendSome(store: OutboxStore, stream: StoredStream, url: string): Promise<'more' | 'done' | 'later'> {
  const { id, session, page, acked, ref, epoch } = stream;
  const ready = stream.events.findIndex((event) => !isReady(event));
  let last = ref;
  const events = stream.events
    .slice(0, ready < 0 ? AT_ONCE : Math.min(ready, AT_ONCE))
    // Those without a ref were sent, if they were, under the next ones.
    .map(({ event, params, ref }) => ({ event, params, ref: ref ?? ++last }));
  const mark = await sessionMark();
  const isOurs = epoch !== null && mark.isSure && mark.epoch === epoch;
  if (events.length === 0 || (epoch !== null && !isOurs)) return 'done';
  const answer = await post(url, { client: id, session, acked, page, events });
  if (typeof answer === 'string') return answer;
  if (!answer.isSame) {
    // What was sent to a session that is gone may have happened: its page tells the user.
    if (!isOurs || stream.events.some(({ ref }) => ref !== undefined)) return 'done';
    await store.save({ ...stream, session: answer.session, ref: 0, acked: 0 });
    return 'more';
  }
  const rest = stream.events.slice(answer.done).map((event) => ({ ...event, ref: undefined }));
  if (rest.length > 0)
    await store.save({ ...stream, session: answer.session, acked: answer.acked, ref: answer.acked, events: rest });
  else await store.remove(id);
  return answer.done > 0 ? 'more' : 'later';
}

/** What needs its user, or is too old, is left for the page to tell of. */
const isReady = ({ isPartial, rule }: StoredEvent): boolean =>
  !isPartial && !rule?.question && (rule?.expiresAt ?? Number.POSITIVE_INFINITY) > now();

async function post(url: string, body: object): Promise<Answer | 'done' | 'later'> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-djust-events': '1' },
      body: JSON.stringify(body),
      credentials: 'same-origin',
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (!response.ok) return response.status >= 500 || response.status === 429 ? 'later' : 'done';
    const answer = (await response.json()) as Answer;
    // A proxy or a login page may have answered in place of the server.
    return Number.isSafeInteger(answer.done) && answer.session ? answer : 'done';
  } catch {
    return 'later';
  }
}
