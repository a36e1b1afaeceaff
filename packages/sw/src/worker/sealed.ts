import { database, readMeta } from './database.ts';
import { now } from './scope.ts';

const KEY = 'key';

/**
 * The key of the current user. It cannot be taken out of the browser, and forgetting it makes everything that was sealed
 * with it unreadable at once. It does not protect from a script that runs on the site: such a script can ask for the data.
 */
function userKey(): Promise<CryptoKey> {
  keyInUse ??= readKey();
  keyInUse.catch(() => {
    keyInUse = undefined;
  });
  return keyInUse;
}

let keyInUse: Promise<CryptoKey> | undefined;

async function readKey(): Promise<CryptoKey> {
  const known = await readMeta<CryptoKey>(KEY);
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const store = (await database()).transaction('meta', 'readwrite').store;
  // Somebody else may have made one meanwhile.
  const theirs = (await store.get(KEY)) as CryptoKey | undefined;
  if (!theirs) await store.put(made, KEY);
  return theirs ?? made;
}

export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

/** @param name  what the text is sealed for; under another name it cannot be read */
export async function seal(name: string, text: string): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const algorithm = { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) };
  return { iv, sealed: await crypto.subtle.encrypt(algorithm, await userKey(), new TextEncoder().encode(text)) };
}

/** Nothing when it was sealed by somebody else, under another name, or changed since. */
export async function unseal(name: string, { iv, sealed }: Sealed): Promise<string | undefined> {
  const algorithm = { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) };
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, await userKey(), sealed));
  } catch {
    return undefined;
  }
}

/** A name that says nothing: neither user nor address can be read from it. */
export async function hashOf(...parts: readonly string[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(parts.join('\n')));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

export async function forgetKey(): Promise<void> {
  keyInUse = undefined;
  await (await database()).delete('meta', KEY);
}

export const isOlder = (at: number, ms: number): boolean => at < now() - ms;
