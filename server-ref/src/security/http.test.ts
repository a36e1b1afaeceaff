import { describe, expect, it, vi } from 'vitest';
import { ORIGIN, rig } from '../../test/rig.ts';
import { counter } from '../../test/views.ts';

describe('the Origin header', () => {
  it.each<[string, string | null]>([
    ['of a foreign site', 'https://evil.example'],
    ['http for https', 'http://app.example'],
    ['of another port', 'https://app.example:8443'],
    ['null', 'null'],
    ['missing', null],
    ['with our host as a prefix', 'https://app.example.evil.example'],
    ['with our host as a suffix', 'https://evil-app.example'],
    ['of a subdomain', 'https://sub.app.example'],
    ['in capitals', 'HTTPS://APP.EXAMPLE'],
    ['with a trailing dot', 'https://app.example.'],
    ['with a trailing slash', 'https://app.example/'],
    ['with user info', 'https://app.example@evil.example'],
    ['with our user info', 'https://evil.example@app.example'],
    ['empty', ''],
    ['of a file', 'file://'],
  ])('%s is refused with 4403, and nothing of the app is run', async (_, origin) => {
    const authorize = vi.fn(() => true);
    const principal = vi.fn(() => null);
    const all = rig(counter({ authorize }), { principal });
    const client = await all.connect({ origin });
    expect(client.hello).toEqual([]);
    expect(client.closedWith).toBe(4403);
    await client.mount();
    expect(authorize).not.toHaveBeenCalled();
    expect(principal).not.toHaveBeenCalled();
    expect(all.server.sessionCount).toBe(0);
  });

  it.each<[string, string, string]>([
    ['our own', ORIGIN, `${ORIGIN}/ws/live/`],
    ['our own with a port', 'http://localhost:3000', 'http://localhost:3000/ws/live/'],
    ['one that the configuration names', 'https://partner.example', `${ORIGIN}/ws/live/`],
  ])('%s is taken', async (_, origin, url) => {
    const all = rig(counter(), { allowedOrigins: ['https://partner.example'] });
    const client = await all.connect({ origin, url });
    expect(client.closedWith).toBeUndefined();
  });

  it('null is refused even when somebody put it into the configuration', async () => {
    const all = rig(counter(), { allowedOrigins: ['null'] });
    expect((await all.connect({ origin: 'null' })).closedWith).toBe(4403);
  });
});
