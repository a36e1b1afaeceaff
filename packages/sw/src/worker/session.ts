import { message, SESSION_CHANNEL, type SwMessage, textOf } from '../messages.ts';
import { done, got } from '../records.ts';
import { ADDRESSES, database, KEY, META, PAGES, readMeta, SESSION } from './database.ts';
import type { WorkerFeature } from './feature.ts';
import { isOwn, isUnsafe, now, scope, tellPages } from './scope.ts';

/** Whose data this is. The server names the session by an epoch that it changes at login, logout and loss of rights. */
export interface SessionMark {
  readonly epoch: string;
  /** Nothing has happened since the server said so that might have changed it. */
  readonly isSure: boolean;
  /** When the navigation began whose answer said so. */
  readonly saidAt: number;
  /** When something was last sent that may have changed it. */
  readonly unsafeAt: number;
}

const NOBODY: SessionMark = { epoch: '', isSure: false, saidAt: 0, unsafeAt: 0 };

/** While a new version takes over there are two workers, so nobody knows it by heart. */
export const sessionMark = async (): Promise<SessionMark> => (await readMeta<SessionMark>(SESSION)) ?? NOBODY;

/**
 * Changes the mark, and with another user everything of the earlier one is gone, all at once or not at all. What is
 * decided on is read where it is written.
 * @returns the new mark when the user is another one
 */
async function changeMark(change: (mark: SessionMark) => SessionMark | undefined): Promise<SessionMark | undefined> {
  const transaction = (await database()).transaction([META, PAGES], 'readwrite');
  const meta = transaction.objectStore(META);
  const mark = ((await got(meta.get(SESSION))) as SessionMark | undefined) ?? NOBODY;
  const next = change(mark);
  if (!next) return undefined;
  const isOther = next.epoch !== mark.epoch;
  meta.put(next, SESSION);
  if (isOther) {
    meta.delete(KEY);
    meta.delete(ADDRESSES);
    transaction.objectStore(PAGES).clear();
  }
  await done(transaction);
  return isOther ? next : undefined;
}

const changed = ({ epoch }: SessionMark): SwMessage => message('session-changed', { epoch });

/** Watches for a change of user in everything the server says, and has all that belonged to the earlier one forgotten. */
export function session(features: readonly WorkerFeature[]): WorkerFeature {
  const apply = async (change: (mark: SessionMark) => SessionMark | undefined): Promise<void> => {
    const other = await changeMark(change);
    if (!other) return;
    // After it was written: a page that is left because of this is kept by nobody any more.
    await Promise.all(features.map((feature) => feature.forget?.()));
    const channel = new BroadcastChannel(SESSION_CHANNEL);
    channel.postMessage(changed(other));
    channel.close();
    // Pages of an earlier build listen to the worker alone.
    await tellPages(changed(other));
  };
  const become = (epoch: string, mark: SessionMark, saidAt: number): SessionMark => ({
    ...mark,
    epoch,
    isSure: epoch !== '',
    saidAt,
  });
  /** A page that was on its way meanwhile is in no list of pages yet; it is told when it is there. */
  const tellIfStale = async (clientId: string, epoch: string): Promise<void> => {
    const client = await scope.clients.get(clientId);
    const mark = await sessionMark();
    if (mark.epoch !== epoch) client?.postMessage(changed(mark));
  };
  return {
    name: 'session',
    navigation: {
      async isStale({ headers }) {
        const epoch = headers.get('x-session-epoch');
        return epoch !== null && epoch !== (await sessionMark()).epoch;
      },
      async observe({ startedAt, event }, { headers }) {
        const epoch = headers.get('x-session-epoch');
        if (epoch === null) return;
        await apply((mark) => {
          // The answer to an earlier question knows less. A clock that was set back makes none of them earlier.
          if (startedAt < mark.saidAt && mark.saidAt <= now()) return undefined;
          if (epoch !== mark.epoch) return become(epoch, mark, startedAt);
          return { ...mark, isSure: mark.isSure || startedAt >= mark.unsafeAt, saidAt: startedAt };
        });
        event.waitUntil(tellIfStale(event.resultingClientId, epoch));
      },
    },
    fetch(event) {
      const url = new URL(event.request.url);
      // Our own endpoints change no session.
      if (isUnsafe(event.request) && isOwn(url) && !url.pathname.startsWith('/djust/')) {
        const unsafeAt = now();
        event.waitUntil(apply((mark) => ({ ...mark, isSure: false, unsafeAt })));
      }
      return undefined;
    },
    messages: {
      // A page that comes out of the browser's own cache asks whether it is still for the same user. The one that brought
      // the worker was loaded without it and says whose it is; later the server is believed and no page.
      session: async ({ epoch }) => {
        const said = textOf(epoch, 200);
        await apply((mark) =>
          said && mark.saidAt === 0 ? { ...mark, epoch: said, isSure: mark.unsafeAt === 0, saidAt: now() } : undefined,
        );
        return (await sessionMark()).epoch;
      },
      'end-session': ({ epoch }) => apply((mark) => become(textOf(epoch, 200), mark, now())),
    },
  };
}
