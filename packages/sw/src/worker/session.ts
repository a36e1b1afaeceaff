import { message, textOf } from '../messages.ts';
import { readMeta, writeMeta } from './database.ts';
import type { WorkerFeature } from './feature.ts';
import { isOwn, isUnsafe, now, tellPages } from './scope.ts';

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

/** Only the active worker writes the mark, so what it has written or read once it need not read again. */
let known: Promise<SessionMark> | undefined;

export function sessionMark(): Promise<SessionMark> {
  known ??= readMeta<SessionMark>('session').then((mark) => mark ?? NOBODY);
  known.catch(() => {
    known = undefined;
  });
  return known;
}

async function writeMark(mark: SessionMark): Promise<void> {
  known = undefined;
  await writeMeta('session', mark);
}

/** Watches for a change of user in everything the server says, and has all that belonged to the earlier one forgotten. */
export function session(features: readonly WorkerFeature[]): WorkerFeature {
  let last: Promise<unknown> = Promise.resolve();
  // One after the other: an answer that overtakes another must find what that one has written.
  const inTurn = (change: (mark: SessionMark) => Promise<SessionMark | undefined>): Promise<unknown> => {
    last = last
      .catch(() => {})
      .then(async () => {
        const next = await change(await sessionMark());
        if (next) await writeMark(next);
      });
    return last;
  };
  const become = async (epoch: string, mark: SessionMark, saidAt: number): Promise<SessionMark> => {
    await Promise.all(features.map((feature) => feature.forget?.()));
    await tellPages(message('session-changed', { epoch }));
    return { ...mark, epoch, isSure: epoch !== '', saidAt };
  };
  return {
    name: 'session',
    navigation: {
      async observe({ startedAt }, { headers }) {
        const epoch = headers.get('x-session-epoch');
        if (epoch === null) return;
        await inTurn(async (mark) => {
          // The answer to an earlier question knows less.
          if (startedAt < mark.saidAt) return undefined;
          if (epoch !== mark.epoch) return become(epoch, mark, startedAt);
          return { ...mark, isSure: mark.isSure || startedAt >= mark.unsafeAt, saidAt: startedAt };
        });
      },
    },
    fetch(event) {
      const url = new URL(event.request.url);
      // Our own endpoints change no session.
      if (isUnsafe(event.request) && isOwn(url) && !url.pathname.startsWith('/djust/')) {
        const unsafeAt = now();
        event.waitUntil(inTurn(async (mark) => ({ ...mark, isSure: false, unsafeAt })));
      }
      return undefined;
    },
    messages: {
      // A page that comes out of the browser's own cache asks whether it is still for the same user. The one that brought
      // the worker was loaded without it and says whose it is; later the server is believed and no page.
      session: async ({ epoch }) => {
        const said = textOf(epoch, 200);
        await inTurn(async (mark) =>
          said && mark.saidAt === 0 ? { ...mark, epoch: said, isSure: mark.unsafeAt === 0, saidAt: now() } : undefined,
        );
        return (await sessionMark()).epoch;
      },
      'end-session': ({ epoch }) => inTurn((mark) => become(textOf(epoch, 200), mark, now())),
    },
  };
}
