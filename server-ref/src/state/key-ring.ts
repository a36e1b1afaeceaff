import type { webcrypto } from 'node:crypto';
import { DjustError, faultOf } from '@djust/protocol';

/** A secret by its name. */
export interface SealKey {
  /** Stands in front of what it seals, so that the right key is found. 1 to 16 letters, digits or `-`. */
  readonly id: string;
  /** At least 32 characters that nobody can guess. */
  readonly secret: string;
}

/** More are of no use: a seal lasts an hour. */
const MOST_KEYS = 3;
const LEAST_CHARS = 32;
const IV_BYTES = 12;
const FORM = '1';
const TEXT = new TextEncoder();

export type Opened = { ok: true; text: string } | { ok: false; why: 'form' | 'key' | 'tampered' };

/**
 * Seals text so that whoever holds it can neither read nor change it: AES-256-GCM. The first key seals, all of them open;
 * so a new key is put in front, and the old one taken out when what it sealed has expired.
 */
export class KeyRing {
  readonly #keys = new Map<string, Promise<webcrypto.CryptoKey>>();
  readonly #first: string;
  readonly #audience: string;

  /** @param audience  what is sealed for one site or tenant does not open for another  @throws DjustError config/invalid */
  constructor(keys: readonly SealKey[], audience: string) {
    if (keys.length === 0 || keys.length > MOST_KEYS) throw mistake('keys', `1 to ${MOST_KEYS} are required`);
    for (const [at, { id, secret }] of keys.entries()) {
      if (!/^[A-Za-z0-9-]{1,16}$/.test(id)) throw mistake(`keys[${at}].id`, '1 to 16 letters, digits or -');
      if (this.#keys.has(id)) throw mistake(`keys[${at}].id`, 'two keys of this name');
      if (secret.length < LEAST_CHARS) throw mistake(`keys[${at}].secret`, `at least ${LEAST_CHARS} characters`);
      this.#keys.set(id, derive(secret));
    }
    this.#first = (keys[0] as SealKey).id;
    this.#audience = audience;
  }

  /** @param purpose  what it is for and whose it is; under another purpose it cannot be opened */
  async seal(text: string, purpose = ''): Promise<string> {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const key = await (this.#keys.get(this.#first) as Promise<webcrypto.CryptoKey>);
    const sealed = await crypto.subtle.encrypt(this.#algorithm(iv, this.#first, purpose), key, TEXT.encode(text));
    const bytes = Buffer.concat([iv, new Uint8Array(sealed)]);
    return `${FORM}.${this.#first}.${bytes.toString('base64url')}`;
  }

  async open(sealed: string, purpose = ''): Promise<Opened> {
    const [form, id = '', body, ...more] = sealed.split('.');
    if (form !== FORM || !body || more.length > 0) return { ok: false, why: 'form' };
    const key = await this.#keys.get(id);
    if (!key) return { ok: false, why: 'key' };
    const bytes = Buffer.from(body, 'base64url');
    const iv = bytes.subarray(0, IV_BYTES);
    try {
      const text = await crypto.subtle.decrypt(this.#algorithm(iv, id, purpose), key, bytes.subarray(IV_BYTES));
      return { ok: true, text: new TextDecoder().decode(text) };
    } catch {
      return { ok: false, why: 'tampered' };
    }
  }

  #algorithm(iv: Uint8Array<ArrayBuffer>, id: string, purpose: string): webcrypto.AesGcmParams {
    return {
      name: 'AES-GCM',
      iv,
      additionalData: TEXT.encode(JSON.stringify(['djust state', FORM, id, this.#audience, purpose])),
    };
  }
}

async function derive(secret: string): Promise<webcrypto.CryptoKey> {
  const base = await crypto.subtle.importKey('raw', TEXT.encode(secret), 'HKDF', false, ['deriveKey']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: TEXT.encode('djust sealed state') };
  return crypto.subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

const mistake = (at: string, detail: string): DjustError => new DjustError(faultOf('config/invalid', at, detail));
