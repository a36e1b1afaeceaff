import { describe, expect, it, vi } from 'vitest';
import { tracked } from '../../test/fake-clock.ts';
import { ORIGIN, rig } from '../../test/rig.ts';
import { counter } from '../../test/views.ts';
import { KeyRing } from '../state/key-ring.ts';
import { snapshotEndpoint } from './snapshot.ts';

// Decryption is done in another thread.
const { open } = KeyRing.prototype;
vi.spyOn(KeyRing.prototype, 'open').mockImplementation(function (this: KeyRing, ...given) {
  return tracked(open.apply(this, given));
});

async function site() {
  const all = rig(counter({ restore: (saved) => saved }), {
    snapshots: { keys: [{ id: 'k1', secret: 's'.repeat(32) }] },
  });
  const endpoint = snapshotEndpoint(all.server);
  const post = (body: unknown, headers: Record<string, string> = {}, path = '/djust/snapshot') =>
    endpoint(
      new Request(ORIGIN + path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { origin: ORIGIN, 'content-type': 'application/json', 'x-djust-snapshot': '1', ...headers },
      }),
    );
  const page = await all.get();
  return { all, page, post, endpoint };
}

describe('the endpoint for states of pages that are left', () => {
  it('answers a state that the page can bring back, and that nobody else can read', async () => {
    const { all, page, post } = await site();
    expect(page.text).toContain(' data-dj-restore=""');
    const response = await post({ session: page.session });
    expect(response?.status).toBe(200);
    expect(response?.headers.get('cache-control')).toBe('private, no-store');
    const { sealed } = (await (response as Response).json()) as { sealed: string };
    expect(sealed).not.toContain('count');
    const client = await all.connect();
    expect(await client.mount({ ext: { session: sealed } })).toMatchObject([{ type: 'mount', version: 1 }]);
  });

  it('says so when there is none', async () => {
    const { post } = await site();
    const response = await post({ session: 'f'.repeat(32) });
    expect(response?.status).toBe(404);
    expect(await response?.json()).toEqual({ code: 'snapshot/none' });
  });

  it('refuses another site, another method, and anything that is no name of a session', async () => {
    const { page, post, endpoint } = await site();
    const status = async (body: unknown, headers?: Record<string, string>): Promise<number | undefined> =>
      (await post(body, headers))?.status;
    expect(await status({ session: page.session }, { origin: 'https://evil.example' })).toBe(403);
    expect(await status({ session: page.session }, { 'content-type': 'text/plain' })).toBe(415);
    expect(await status({ session: 5 })).toBe(400);
    expect(await status(null)).toBe(400);
    expect(await status({ session: 'x'.repeat(32_769) })).toBe(400);
    expect(await status({ session: 'x'.repeat(40_000) })).toBe(413);
    expect((await endpoint(new Request(`${ORIGIN}/djust/snapshot`)))?.status).toBe(405);
    expect(await post({}, {}, '/djust/other')).toBeUndefined();
  });
});
