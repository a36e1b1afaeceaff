import { expect, it } from 'vitest';
import type { OutboxStore, StoredStream } from '../src/store.ts';

const stream = (id: string, events: StoredStream['events'] = []): StoredStream => ({
  id,
  session: 's',
  page: { view: 'a.B', url: '/', params: { q: '1' } },
  at: '/?q=1',
  epoch: null,
  ref: 2,
  acked: 1,
  savedAt: 5,
  events,
});

/** What every store of streams does. */
export function storeContract(make: () => OutboxStore): void {
  it('gives back what was saved, the last state of each stream', async () => {
    const store = make();
    await store.clear();
    await store.save(stream('one'));
    await store.save(stream('two'));
    const events = [{ event: 'save', params: { list: [1, 'ü', null] }, ref: 2 }];
    await store.save(stream('one', events as StoredStream['events']));
    const all = await store.all();
    expect(all.map(({ id }) => id).sort()).toEqual(['one', 'two']);
    expect(all.find(({ id }) => id === 'one')).toEqual(stream('one', events as StoredStream['events']));
  });

  it('does not change with what was given to it', async () => {
    const store = make();
    await store.clear();
    const params = { text: 'before' };
    await store.save(stream('one', [{ event: 'a', params } as never]));
    params.text = 'after';
    expect((await store.all())[0]?.events[0]?.params).toEqual({ text: 'before' });
  });

  it('forgets one, and everything', async () => {
    const store = make();
    await store.clear();
    await store.save(stream('one'));
    await store.save(stream('two'));
    await store.remove('one');
    await store.remove('never there');
    expect((await store.all()).map(({ id }) => id)).toEqual(['two']);
    await store.clear();
    expect(await store.all()).toEqual([]);
  });
}
