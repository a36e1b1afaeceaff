import { CLOSE, closePolicy } from '@djust/protocol';

const MEANINGS: Readonly<Record<number, string>> = {
  [CLOSE.normal]: 'Closed on purpose. Another tab may have taken the session over.',
  [CLOSE.goingAway]: 'The page went away, or the server is shutting down.',
  [CLOSE.abnormal]: 'The connection broke without a word: network, proxy or a killed server.',
  [CLOSE.tooBig]: 'A message was larger than the server takes (64 KiB).',
  [CLOSE.restart]: 'The server restarts, or the session goes on in another process.',
  [CLOSE.tryLater]: 'The server is overloaded, or this page reads too slowly.',
  [CLOSE.protocol]: 'The server could not make sense of what it was sent.',
  [CLOSE.sessionGone]: 'The session is over.',
  [CLOSE.forbidden]: 'The origin or the visitor was refused.',
  [CLOSE.unknownView]: 'The server has no view of this name.',
  [CLOSE.mountTimeout]: 'Nothing was heard for too long.',
  [CLOSE.buildMismatch]: 'Page and server are of different builds.',
  [CLOSE.limited]: 'Too many messages: the rate limit closed the connection.',
};

const POLICIES = {
  retry: 'The client tries again with growing, random pauses.',
  soon: 'The client comes back within 5 s, spread out.',
  later: 'The client waits at least 5 s, then tries again.',
  stop: 'The client does not come back by itself.',
  reload: 'The client loads the page anew, once.',
} as const;

/** What a close code means, and what the client does about it. */
export const explainClose = (code: number): string =>
  `${MEANINGS[code] ?? 'A code that neither the standard nor djust defines.'} ${POLICIES[closePolicy(code)]}`;
