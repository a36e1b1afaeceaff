import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { DjustError, faultOf } from '@djust/protocol';
import type { SessionRecord } from './store.ts';

/** Below this many bytes compressing costs more than it saves. Measured by `npm run load`. */
const COMPRESS_FROM = 8_192;
/** A larger record slows every event down; its view should keep less, or fetch it anew. */
export const RECORD_LIMITS = { infoBytes: 50_000, warnBytes: 100_000, maxBytes: 1_000_000 } as const;

/** The first character names the form, so that older records stay readable. */
const PLAIN = '0';
const DEFLATED = '1';

/** @throws DjustError state/too-large */
export function encodeRecord(record: SessionRecord): string {
  const text = JSON.stringify(record);
  if (text.length > RECORD_LIMITS.maxBytes)
    throw new DjustError(faultOf('state/too-large', record.view, `${text.length} bytes`));
  if (text.length < COMPRESS_FROM) return PLAIN + text;
  const packed = deflateRawSync(text, { level: 1 }).toString('base64');
  return packed.length < text.length ? DEFLATED + packed : PLAIN + text;
}

/** Undefined when another version of the server wrote it in a form that this one cannot read. */
export function decodeRecord(stored: string): SessionRecord | undefined {
  const body = stored.slice(1);
  try {
    if (stored[0] === PLAIN) return JSON.parse(body) as SessionRecord;
    if (stored[0] === DEFLATED)
      return JSON.parse(inflateRawSync(Buffer.from(body, 'base64')).toString()) as SessionRecord;
  } catch {
    // What cannot be read is as good as absent: the page mounts anew.
  }
  return undefined;
}
