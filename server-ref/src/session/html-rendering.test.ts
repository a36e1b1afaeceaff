import { describe, expect, it } from 'vitest';
import { shownFor } from '../../test/rig.ts';
import { connected, type Spec } from '../../test/sessions.ts';
import { counter } from '../../test/views.ts';

/** As another template engine would write it. */
const engine: Spec = {
  render: ({ count, names }) =>
    `<h1>Count: ${count}</h1><ul>${names.map((name) => `<li data-key="${name}">${name}</li>`).join('')}</ul>`,
};

describe('a view that renders HTML', () => {
  it('is kept up to date by operations', async () => {
    const { client } = await connected(engine);
    await client.mount();
    expect(await client.event('add', {}, 1)).toMatchObject([
      { type: 'patch', ops: [[0, expect.any(String), 'Count: 1']] },
    ]);
    await client.event('name', { name: 'a' }, 2);
    await client.event('name', { name: 'b' }, 3);
    expect(client.shown).toBe(shownFor(counter(engine), { count: 1, names: ['a', 'b'] }));
  });

  it('is kept up to date by patches of djust 1.x', async () => {
    const { client } = await connected(engine);
    await client.mount({ ext: null });
    expect(await client.event('add', {}, 1)).toMatchObject([
      { type: 'patch', patches: [{ type: 'SetText', text: 'Count: 1' }] },
    ]);
  });

  it('says nothing when the HTML stays', async () => {
    const { client } = await connected({ render: () => '<p>always</p>' });
    await client.mount();
    expect(await client.event('add', {}, 1)).toMatchObject([{ type: 'noop' }]);
  });

  it('shows the whole page after a render that failed', async () => {
    let isBroken = false;
    const { client } = await connected({
      render: ({ count }) => {
        if (isBroken) throw new Error('broken');
        return `<p>Count: ${count}</p>`;
      },
    });
    await client.mount();
    isBroken = true;
    expect(await client.event('add', {}, 1)).toMatchObject([{ type: 'error' }]);
    isBroken = false;
    await client.event('add', {}, 2);
    expect(client.shown).toContain('Count: 1');
  });
});
