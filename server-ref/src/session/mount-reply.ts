import { type ClientExt, EXT_VERSION, type ExtFeature, type MountOutcome, type MountReply } from '@djust/protocol';
import { sealFrame } from './ledger.ts';
import type { Page } from './page.ts';

/** How a browser comes to a session. */
export interface Joining {
  readonly features: readonly ExtFeature[];
  readonly ext?: ClientExt | undefined;
  /** What `open` rendered, when nobody has seen it yet. */
  readonly html?: string | undefined;
}

export interface MountedSession {
  readonly id: string;
  readonly page: Page;
  /** What it is when the page can stay as it is. */
  readonly outcome: Exclude<MountOutcome, 'mounted'>;
  /** Highest ref of the client whose outcome is known. */
  readonly ack: number;
  /** What `mount` of the view wants to tell the browser. */
  readonly greeting: readonly object[];
}

/**
 * The frames that bring a browser up to date. A page that names the version it shows stays and gets what it missed; any
 * other gets the whole HTML.
 * @param opened  the first render, when nobody has seen it yet
 * @returns what writes them, once it is known how the browser has to name the session
 */
export function mountFrames(
  { id, page, outcome, ack, greeting }: MountedSession,
  ext: ClientExt | undefined,
  opened: string | undefined,
): (name: string) => string[] {
  const { features, log, view } = page;
  const canStay = ext?.session === id && ext.version > 0 && features.includes('ops');
  const missed = canStay ? log.replay(ext.version, page.version, ext.acked) : undefined;
  const html = missed ? undefined : wholePage(page, outcome, opened);
  const reply: MountReply = {
    type: 'mount',
    ...(ext ? {} : { session_id: id }),
    view: view.name,
    version: missed && ext ? ext.version : page.version,
    ...(html === undefined ? {} : { html, has_ids: true }),
  };
  if (ext) {
    const how = missed ? outcome : 'mounted';
    const isOther = ext.session !== null && ext.session !== id;
    const reason = isOther ? { reason: 'session/unknown' } : {};
    reply.ext = { v: EXT_VERSION, features: [...features], session: id, outcome: how, ...reason, ack };
  }
  const { title } = page;
  const side = html !== undefined && title !== '' ? [{ type: 'page_metadata', action: 'title', value: title }] : [];
  // Behind this the client has every answer there is; what it still waits for below the mark went well.
  const mark = ext?.session === id && ack > ext.acked && features.includes('ack') ? [{ type: 'noop', ack }] : [];
  const write = (name: string): string[] => [
    // Before the reply, whose mark speaks of what is in it. A new name of the same session is no other session.
    ...(name !== id && ext?.session === id ? [sealFrame(name)] : []),
    ...[named(reply, name), ...side, ...greeting].map((frame) => JSON.stringify(frame)),
    ...(missed ?? (ext ? log.answersAfter(ext.acked) : [])),
    ...mark.map((frame) => JSON.stringify(frame)),
  ];
  return write;
}

const named = (reply: MountReply, session: string): MountReply =>
  reply.ext ? { ...reply, ext: { ...reply.ext, session } } : reply;

function wholePage(page: Page, outcome: MountedSession['outcome'], opened: string | undefined): string {
  if (outcome === 'resumed') return page.renew();
  return opened !== undefined && page.version === 1 ? page.show(opened) : page.html();
}
