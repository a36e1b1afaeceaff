import type { Page } from 'playwright-core';

/** Everything that the worker has stored, as text: caches, records, and records that its key still opens. */
export function storedText(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const texts: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys())
        texts.push(request.url, (await (await cache.match(request))?.text()) ?? '');
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
    texts.push(JSON.stringify([...records]));
    const key = records.get('meta')?.find((value) => value instanceof CryptoKey) as CryptoKey | undefined;
    for (const record of (records.get('pages') ?? []) as { key: string; iv: BufferSource; sealed: ArrayBuffer }[]) {
      texts.push(new TextDecoder('latin1').decode(record.sealed));
      const algorithm = { name: 'AES-GCM', iv: record.iv, additionalData: new TextEncoder().encode(record.key) };
      const plain = key && (await crypto.subtle.decrypt(algorithm, key, record.sealed).catch(() => undefined));
      if (plain) texts.push(new TextDecoder().decode(plain));
    }
    return texts.join('\n');
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
