import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { DjustError, faultOf } from '@djust/protocol';

/** Why something that was sealed is not opened: another ring, a key that has left it, or bytes that were changed. */
export type SealFault = 'unknown-key' | 'broken';

export type Opened = { readonly ok: true; readonly bytes: Buffer } | { readonly ok: false; readonly reason: SealFault };

/** Seals what a browser keeps for us: it cannot read it, cannot change it, and cannot use it for anything else. */
export interface SealRing {
  /** @param purpose  what it is for and whose it is; under another purpose it cannot be opened */
  seal(bytes: Uint8Array, purpose: string): string;
  open(sealed: string, purpose: string): Opened;
}

/** New things are sealed with the first key; those before it are opened for a while, so that a key can be replaced. */
const MAX_KEYS = 3;
const MIN_SECRET = 32;
const [IV_BYTES, TAG_BYTES, KEY_BYTES, NAME_LENGTH] = [12, 16, 32, 6];
const CIPHER = 'aes-256-gcm';

/**
 * A ring of keys, one out of each secret. A sealed text is `name.body`: the name of its key, and in base64url a random
 * number that is never used twice, the text and its authentication code.
 * @param secrets  the newest first; each of 32 signs or more, out of a password manager or `openssl rand`
 */
export function sealRing(secrets: readonly string[]): SealRing {
  const isUsable = secrets.length > 0 && secrets.length <= MAX_KEYS && secrets.every((one) => one.length >= MIN_SECRET);
  if (!isUsable) throw new DjustError(faultOf('config/invalid', 'secrets', `1 to ${MAX_KEYS} of ${MIN_SECRET} signs`));
  const keys = new Map(secrets.map(keyOf));
  const [[newest, key] = ['', Buffer.alloc(0)]] = keys;
  return {
    seal(bytes, purpose) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(CIPHER, key, iv).setAAD(boundTo(newest, purpose));
      const body = Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
      return `${newest}.${body.toString('base64url')}`;
    },
    open(sealed, purpose) {
      const name = sealed.slice(0, NAME_LENGTH);
      const known = sealed[NAME_LENGTH] === '.' ? keys.get(name) : undefined;
      if (!known) return { ok: false, reason: 'unknown-key' };
      const body = Buffer.from(sealed.slice(NAME_LENGTH + 1), 'base64url');
      if (body.length < IV_BYTES + TAG_BYTES) return { ok: false, reason: 'broken' };
      const [iv, tag] = [body.subarray(0, IV_BYTES), body.subarray(-TAG_BYTES)];
      const decipher = createDecipheriv(CIPHER, known, iv, { authTagLength: TAG_BYTES })
        .setAAD(boundTo(name, purpose))
        .setAuthTag(tag);
      try {
        const text = decipher.update(body.subarray(IV_BYTES, -TAG_BYTES));
        return { ok: true, bytes: Buffer.concat([text, decipher.final()]) };
      } catch {
        return { ok: false, reason: 'broken' };
      }
    },
  };
}

function keyOf(secret: string): [name: string, key: Buffer] {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'djust seal 1', KEY_BYTES));
  return [createHash('sha256').update(key).digest('base64url').slice(0, NAME_LENGTH), key];
}

const boundTo = (name: string, purpose: string): Buffer => Buffer.from(`${name}\n${purpose}`);
