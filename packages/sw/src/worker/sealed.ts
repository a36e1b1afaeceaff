import { database, KEY, readMeta, SESSION } from './database.ts';
import { now } from './scope.ts';

/** The key of one user. */
interface UserKey {
  readonly epoch: string;
  readonly key: CryptoKey;
}

let inUse: Promise<UserKey | undefined> | undefined;

/**
 * The key of the user of `epoch`; nothing when that is no longer who is here. It cannot be taken out of the browser, and
 * forgetting it makes everything that was sealed with it unreadable at once. It does not protect from a script that runs
 * on the site: such a script can ask for the data.
 */
async function keyOf(epoch: string): Promise<CryptoKey | undefined> {
  inUse ??= readKey(epoch);
  const found = await inUse.catch(() => undefined);
  if (found?.epoch === epoch) return found.key;
  // Of another user, or of one who was not here yet.
  inUse = undefined;
  return (await readKey(epoch))?.key;
}

async function readKey(epoch: string): Promise<UserKey | undefined> {
  const known = await readMeta<UserKey>(KEY);
  if (known?.epoch === epoch) return known;
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const store = (await database()).transaction('meta', 'readwrite').store;
  // The user may have changed meanwhile, or somebody else may have made a key.
  const mark = (await store.get(SESSION)) as { epoch?: string } | undefined;
  if (mark?.epoch !== epoch) return undefined;
  const theirs = (await store.get(KEY)) as UserKey | undefined;
  if (theirs?.epoch === epoch) return theirs;
  const made = { epoch, key };
  await store.put(made, KEY);
  return made;
}

export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

/** What a text is sealed for; by another user, or under another name, it cannot be read. */
export interface SealedFor {
  readonly epoch: string;
  readonly name: string;
}

/** Nothing when the user has changed. */
export async function seal({ epoch, name }: SealedFor, text: string): Promise<Sealed | undefined> {
  const key = await keyOf(epoch);
  if (!key) return undefined;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const algorithm = { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) };
  return { iv, sealed: await crypto.subtle.encrypt(algorithm, key, new TextEncoder().encode(text)) };
}

/** Nothing when it was sealed by somebody else, under another name, or changed since. */
export async function unseal({ epoch, name }: SealedFor, { iv, sealed }: Sealed): Promise<string | undefined> {
  const key = await keyOf(epoch);
  if (!key) return undefined;
  const algorithm = { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) };
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key, sealed));
  } catch {
    return undefined;
  }
}

/** A name that says nothing: neither user nor address can be read from it. */
export async function hashOf(...parts: readonly string[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(parts.join('\n')));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

export const isOlder = (at: number, ms: number): boolean => at < now() - ms;
