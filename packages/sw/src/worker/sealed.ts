export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

/**
 * A key that cannot be taken out of the browser. Forgetting it makes everything that was sealed with it unreadable at
 * once. It does not protect from a script that runs on the site: such a script can ask for the data.
 */
export const makeKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

const algorithm = (name: string, iv: Sealed['iv']): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: bytesOf(name),
});

/** @param name  what the text is sealed for; under another name it cannot be read */
export async function seal(key: CryptoKey, name: string, text: string): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, sealed: await crypto.subtle.encrypt(algorithm(name, iv), key, bytesOf(text)) };
}

/** Nothing when it was sealed with another key, under another name, or changed since. */
export async function unseal(key: CryptoKey, name: string, { iv, sealed }: Sealed): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await crypto.subtle.decrypt(algorithm(name, iv), key, sealed));
  } catch {
    return undefined;
  }
}

/** A name from which the address cannot be read. */
export async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytesOf(text));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}
