import { describe, expect, it } from 'vitest';
import { rig } from '../../test/rig.ts';
import { counter } from '../../test/views.ts';
import type { SyncModel } from '../pwa/sync-apply.ts';
import { defineView } from './define-view.ts';
import { html } from './html.ts';

const base = { name: 'test.away', state: {}, render: () => html`` };

describe('what a page may do without a network', () => {
  it('has defaults', () => {
    expect(defineView({ ...base, offline: {}, sync: {} })).toMatchObject({
      offline: { ttl: 86_400, maxItems: 1_000 },
      sync: { strategy: 'server_wins', batch: 10, timeoutMs: 30_000 },
    });
    expect(defineView(base)).not.toHaveProperty('offline');
  });

  it('is typed: a strategy that does not exist does not compile', () => {
    // @ts-expect-error there is no such strategy
    defineView({ ...base, sync: { strategy: 'foo' } });
    const { sync } = defineView({ ...base, sync: { strategy: 'manual' } });
    const schema = { '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) } } as const;
    expect({ schema, ...sync } satisfies SyncModel).toMatchObject({ strategy: 'manual' });
  });

  it('is told to the scripts of the page, and the strategy is not', async () => {
    const { text } = await rig(counter({ offline: { ttl: 60 }, sync: { strategy: 'manual', batch: 5 } })).get();
    expect(text).toContain('data-dj-ttl="60" data-dj-max-items="1000" data-dj-batch="5" data-dj-timeout="30000"');
    expect(text).not.toContain('manual');
    expect((await rig(counter()).get()).text).not.toContain('data-dj-ttl');
  });
});
