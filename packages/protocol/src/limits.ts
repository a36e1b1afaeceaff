/**
 * Sizes, times and close codes that both sides share: value, unit in the name, and where the number comes from.
 * A server may tighten them; the client never relies on more.
 */
export const LIMITS = {
  /** Largest inbound message, UTF-8 bytes. djust 1.x `max_message_size`, wire spec 2.1. */
  maxMessageBytes: 65_536,
  /** JSON nesting; V8 parses 64 KiB of `[` and then throws in JSON.stringify, so depth is checked before use. */
  maxJsonDepth: 32,
  maxJsonKeys: 256,
  maxJsonItems: 5_000,
  maxJsonStringLength: 32_768,
  /** Event names: `^[a-z][a-z0-9_]*$`, wire spec 3.1. */
  maxEventNameLength: 64,
  maxUrlLength: 2_048,
  maxMountBatch: 20,
  /** Token bucket per connection: text frames per second, burst, and strikes before close 4429. */
  messagesPerSecond: 100,
  messageBurst: 60,
  maxStrikes: 3,
  strikeForgivenMs: 30_000,
  /**
   * What the client sends to a plain djust server: frames at once, then one every so often, and as many events without their
   * answer. It allows 20, and 100 a second; after a pause of its own it finds twice the burst at its door at the most.
   */
  baseBurst: 9,
  baseIntervalMs: 12,
  /** First frame must be a mount within this time, else close 4408. */
  firstFrameMs: 10_000,
  /** Client pings at this interval and calls the peer dead after `pongTimeoutMs` of silence. */
  pingIntervalMs: 25_000,
  pongTimeoutMs: 10_000,
  /** The server closes a connection that stays silent for so long. */
  idleTimeoutMs: 60_000,
  connectionsPerIp: 50,
  connectionsPerProcess: 10_000,
  /** Outbound bytes waiting in one socket: pushes coalesce above the first, 1013 above the second. */
  outboundPauseBytes: 1_048_576,
  outboundCloseBytes: 4_194_304,
  /** Events waiting for one session's handler; one more is refused with `session/busy`. */
  sessionQueue: 64,
  /** Events a client has on their way at once; more would trip the rate limit when they go again together. */
  sendWindow: 40,
  /** Events the client keeps for an absent server. */
  outboxEvents: 1_000,
  /** Characters of their parameters, and how long an event is worth sending. */
  outboxChars: 1_048_576,
  outboxMs: 604_800_000,
  /** Events of a tab that is gone are taken up by another one when nothing was written for so long. */
  orphanMs: 5_000,
  /** A handler slower than this is reported; one slower than the second is given up. */
  handlerSlowMs: 10_000,
  handlerMs: 30_000,
  /** Rendered pages waiting for their socket (`adopt`): how long, how many. */
  adoptMs: 30_000,
  adoptSessions: 1_000,
  /** Sessions that lost their socket and wait to be resumed: how long, how many. */
  resumeMs: 120_000,
  resumeSessions: 10_000,
  /** State of a page that was left, sealed for the browser: how long it is good, how many uses are remembered. */
  snapshotMs: 300_000,
  snapshotsUsed: 10_000,
  /** Patch frames kept per session for a resume: count and bytes. */
  logFrames: 200,
  logBytes: 262_144,
  /** State of sessions without a browser that the memory store keeps, and for how long after the last change. */
  storeBytes: 268_435_456,
  storeTtlMs: 3_600_000,
  /** The state of one session: a large one is said to be large, one above the last number is refused. */
  stateInfoBytes: 50_000,
  stateWarnBytes: 100_000,
  stateBytes: 1_000_000,
  /** A state that the browser keeps, sealed: its size, and how long the seal holds. A string in a frame has 32,768 characters. */
  sealBytes: 16_384,
  sealMs: 3_600_000,
  /** The hybrid store writes down what was answered so long ago. */
  writeBehindMs: 250,
  /** Full jitter backoff, both ends of the range. */
  backoffMinMs: 500,
  backoffMaxMs: 30_000,
  /** A process that ends sends its visitors on over the first time; each is asked to come back within the second. */
  drainMs: 5_000,
  comeBackMs: 1_000,
  /** A connection without a view is kept for the next page, or closed. */
  keepLinkMs: 15_000,
  /** A mount waits so long for the answers of the view that it replaces. */
  leaveMs: 2_000,
  /** More resyncs than `maxResyncs` in `resyncWindowMs` mean a fault that a resync does not cure. */
  maxResyncs: 3,
  resyncWindowMs: 10_000,
} as const;

/** WebSocket close codes: what each means, and what the client does about it. */
export const CLOSE = {
  normal: 1000,
  goingAway: 1001,
  abnormal: 1006,
  tooBig: 1009,
  restart: 1012,
  tryLater: 1013,
  protocol: 4400,
  sessionGone: 4401,
  forbidden: 4403,
  unknownView: 4404,
  mountTimeout: 4408,
  buildMismatch: 4409,
  limited: 4429,
} as const;

export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];

/** retry: back off with jitter · soon: spread over 5 s, no alarm · later: at least 5 s · stop: do not come back · reload: once. */
export type ClosePolicy = 'retry' | 'soon' | 'later' | 'stop' | 'reload';

/** What a client does when a socket closed with `code`; unknown codes are retried. */
export function closePolicy(code: number): ClosePolicy {
  switch (code) {
    case CLOSE.restart:
      return 'soon';
    case CLOSE.tryLater:
    case CLOSE.limited:
      return 'later';
    case CLOSE.sessionGone:
    case CLOSE.forbidden:
      return 'stop';
    case CLOSE.protocol:
    case CLOSE.unknownView:
    case CLOSE.buildMismatch:
      return 'reload';
    default:
      return 'retry';
  }
}
