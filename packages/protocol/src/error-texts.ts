import type { ErrorCode } from './errors.ts';

/** What a user may read, in production too. Everything that is not listed reads as `server/internal`. */
export const PUBLIC_TEXTS: Partial<Record<ErrorCode, string>> = {
  'frame/not-json': 'The message was not valid.',
  'frame/too-large': 'The message was too large.',
  'rate/limited': 'Too many messages. Please slow down.',
  'rate/connections': 'Too many connections from this address.',
  'session/busy': 'The page is still busy with earlier actions.',
  'session/expired': 'The page was idle for too long. It starts anew.',
  'session/denied': 'You may not open this page.',
  'view/unknown': 'This page does not exist.',
  'view/mount-failed': 'The page could not be opened.',
  'event/unknown': 'The page does not know this action.',
  'event/params': 'The action was not understood.',
  'event/denied': 'You may not do this.',
  'event/failed': 'The action failed. Nothing was changed.',
  'event/timeout': 'The action took too long. Nothing was changed.',
  'state/too-large': 'The page holds too much to take this in. Nothing was changed.',
  'state/rolled-back': 'The server failed, and the last actions on this page were lost.',
  'debug/travelling': 'This page shows an earlier state.',
  'server/internal': 'Something went wrong on the server.',
};

export function publicText(code: ErrorCode): string {
  return PUBLIC_TEXTS[code] ?? 'Something went wrong on the server.';
}

/** The next step for the developer who meets a code. Development only. */
export const HINTS: Record<ErrorCode, string> = {
  'frame/not-json': 'The frame is no JSON object. Send one JSON object per text frame.',
  'frame/too-large': 'A frame passed LIMITS.maxMessageBytes. Send less, or use an upload for files.',
  'frame/too-deep': 'Parameters are nested deeper than LIMITS.maxJsonDepth. Send flat values.',
  'frame/too-many-keys':
    'An object or a list in the frame is longer than LIMITS allow. Send an id and look the rest up.',
  'frame/forbidden-key': 'A key named __proto__, constructor or prototype is never accepted. Rename it.',
  'frame/unknown-type': 'This server does not know the frame type. Compare the versions of client and server.',
  'frame/invalid': 'A field is missing or has the wrong type; `at` points to it.',
  'origin/refused': 'The Origin header is not the host of the server. Add it to `allowedOrigins` if you trust it.',
  'rate/limited': 'More than LIMITS.messagesPerSecond. Add dj-debounce or dj-throttle to the element.',
  'rate/connections': 'More than LIMITS.connectionsPerIp sockets from one address.',
  'session/not-mounted': 'An event came before `mount`. Wait for the mount reply.',
  'session/unknown':
    'The server does not hold this session: it restarted, or the session timed out. The client mounts anew.',
  'session/expired': 'The session is older than its time to live. The client mounts anew.',
  'session/busy': 'More than LIMITS.sessionQueue events wait. A handler is slow, or a client floods.',
  'session/denied': '`authorize` of the view refused this visitor.',
  'session/version-gap': 'A frame was missed on the way. The client asks for the whole page.',
  'session/lost': 'The socket closed before the answer came.',
  'view/unknown': 'No view of this name is registered with createServer({ views }).',
  'view/mount-failed': '`mount` of the view threw; the cause is in the server log under the same id.',
  'view/render-failed': '`render` of the view threw; the state was not committed.',
  'event/unknown': 'The view declares no such event. Add it to `events`, or correct the dj-* attribute.',
  'event/params': 'The schema of the event refused the parameters; `at` names the field.',
  'event/denied': '`allow` of the event refused this visitor.',
  'event/failed': 'The handler threw; the state was not changed. The cause is in the server log under the same id.',
  'event/timeout': 'The handler did not finish within LIMITS.handlerMs. Use a background task for long work.',
  'outbox/full': 'LIMITS.outboxEvents events wait for the server. New ones are refused until it answers.',
  'outbox/expired': 'The event waited longer than its time to live and was not sent.',
  'outbox/dropped': 'There was no connection, and dj-outbox="drop" does not wait for one.',
  'outbox/replaced': 'A later event of its kind took its place before it was sent, as dj-outbox says.',
  'outbox/storage': 'The browser refused to store waiting events. They go on in memory and are lost with the tab.',
  'dom/target-missing': 'No node has this id. Did a script replace it? Set dj-update="ignore" on its parent.',
  'dom/bad-op': 'The operation is malformed or does not fit the node. Compare the versions of client and server.',
  'dom/resync-loop': 'Resyncs did not help: something on the page keeps changing what the server renders.',
  'client/no-root': 'No element with dj-view on the page.',
  'client/duplicate-directive': 'Two features claim the same attribute.',
  'client/bad-handler': 'The attribute holds no handler name. Write name or name(arg, "text").',
  'state/too-large':
    'The state of a session is larger than its store takes: LIMITS.stateBytes, or sealBytes where the browser keeps it. Keep what a query can bring back out of the state: declare it as derived.',
  'state/rolled-back':
    'The record of this session is older than what was answered. It was written behind the answers, or the store lost it.',
  'client/add-on': 'The script of an add-on could not be loaded. Put it beside the script of the client.',
  'template/hole-position':
    'A value may stand for text, for an attribute value or inside one; not for a tag or attribute name.',
  'template/unclosed': 'Close the element: the browser would close it elsewhere than you think.',
  'template/misnested': 'The browser would move this element, so the page would differ from the template.',
  'template/inline-handler': 'on* attributes are refused; use dj-click and its kin.',
  'template/unsafe-url': 'The URL has a scheme that runs code; it was replaced by about:blank.',
  'template/bad-value': 'This value cannot be rendered. Use a string, a number, html`…`, a list, or nothing.',
  'template/unkeyed-list':
    'Most rows of this list were written anew, for they are known by their place alone. Use repeat with a key.',
  'template/duplicate-key': 'Two rows of a list have the same key. Rows are matched by position until keys are unique.',
  'config/invalid': 'The configuration has a mistake; `at` names the key.',
  'debug/travelling': 'The debug panel shows an earlier state. Go back to now, or go on from there.',
  'server/internal': 'See the server log under the same id.',
};
