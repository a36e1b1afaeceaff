import { promisify } from 'node:util';
import { deflateRaw, deflateRawSync, inflateRaw, inflateRawSync } from 'node:zlib';
import { DjustError, faultOf, LIMITS } from '@djust/protocol';
import type { SessionRecord } from './store.ts';

/** From here a record takes a quarter of the room in Redis, for about half as much time again. Measured: docs/state.md. */
const COMPRESS_FROM = 8_192;
/** What is larger is packed in another thread: this one serves everybody. */
const ELSEWHERE_FROM = 65_536;
/** Far more than a record can have. */
const UNPACKED = { maxOutputLength: 8 * LIMITS.stateBytes };

/** The first character names the form, so that older records stay readable. */
const PLAIN = '0';
const DEFLATED = '1';

const pack = promisify(deflateRaw);
const unpack = promisify(inflateRaw);

/** @param told  hears of the size before it is packed  @throws DjustError state/too-large */
export function encodeRecord(
  record: SessionRecord,
  told?: (record: SessionRecord, bytes: number) => void,
): string | Promise<string> {
  const text = JSON.stringify(record);
  const { length } = text;
  if (length > LIMITS.stateBytes) throw new DjustError(faultOf('state/too-large', record.view, `${length} bytes`));
  told?.(record, length);
  if (length < COMPRESS_FROM) return PLAIN + text;
  const level = { level: 1 };
  if (length < ELSEWHERE_FROM) return smaller(text, deflateRawSync(text, level));
  return pack(text, level).then((packed) => smaller(text, packed));
}

function smaller(text: string, packed: Buffer): string {
  const written = packed.toString('base64');
  return written.length < text.length ? DEFLATED + written : PLAIN + text;
}

/** Undefined when another version of the server wrote it in a form that this one cannot read. */
export async function decodeRecord(stored: string): Promise<SessionRecord | undefined> {
  const body = stored.slice(1);
  try {
    if (stored[0] === PLAIN) return JSON.parse(body) as SessionRecord;
    if (stored[0] !== DEFLATED) return undefined;
    const packed = Buffer.from(body, 'base64');
    const text = body.length < ELSEWHERE_FROM ? inflateRawSync(packed, UNPACKED) : await unpack(packed, UNPACKED);
    return JSON.parse(text.toString()) as SessionRecord;
  } catch {
    // What cannot be read is as good as absent: the page mounts anew.
    return undefined;
  }
}
