import type { Page } from 'playwright-core';

/** One thing that the worker has stored, and the place where it is. */
export interface Stored {
  readonly where: string;
  readonly text: string;
}

/** Everything that the worker has stored, as text: caches, records, and records that a stored key still opens. */
export function storedTexts(page: Page): Promise<Stored[]> {
  return page.evaluate(async () => {
    const found: Stored[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys())
        found.push({
          where: `cache ${name}, ${request.url}`,
          text: `${request.url} ${await (await cache.match(request))?.text()}`,
        });
    }
    const opened = await new Promise<IDBDatabase>((done, fail) => {
      const request = indexedDB.open('djust-sw');
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
    const records = new Map<string, unknown[]>();
    for (const store of opened.objectStoreNames)
      records.set(
        store,
        await new Promise((done) => {
          const request = opened.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => done(request.result as unknown[]);
        }),
      );
    opened.close();
    for (const [store, values] of records) found.push({ where: `records ${store}`, text: JSON.stringify(values) });
    // Keys are found wherever they are: whoever has one tries it on everything.
    const keys = (records.get('meta') ?? []).flatMap((value) =>
      [value, ...Object.values(value ?? {})].filter((one) => one instanceof CryptoKey),
    );
    for (const record of (records.get('pages') ?? []) as { key: string; iv: BufferSource; sealed: ArrayBuffer }[]) {
      const where = `kept page ${record.key}`;
      found.push({ where, text: new TextDecoder('latin1').decode(record.sealed) });
      const algorithm = { name: 'AES-GCM', iv: record.iv, additionalData: new TextEncoder().encode(record.key) };
      for (const key of keys) {
        const plain = await crypto.subtle.decrypt(algorithm, key as CryptoKey, record.sealed).catch(() => undefined);
        if (plain) found.push({ where: `${where}, opened`, text: new TextDecoder().decode(plain) });
      }
    }
    return found;
  });
}

/** How many pages the worker has kept. */
export function keptPages(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((done, fail) => {
        const request = indexedDB.open('djust-sw');
        request.onerror = () => fail(request.error);
        request.onsuccess = () => {
          const database = request.result;
          if (!database.objectStoreNames.contains('pages')) return done(0);
          const count = database.transaction('pages').objectStore('pages').count();
          count.onsuccess = () => {
            done(count.result);
            database.close();
          };
        };
      }),
  );
}
