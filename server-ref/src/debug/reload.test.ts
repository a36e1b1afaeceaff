import { describe, expect, it } from 'vitest';
import { mounted } from '../../test/sessions.ts';
import { counter } from '../../test/views.ts';
import { defineView } from '../view/define-view.ts';
import { html } from '../view/html.ts';
import { fits } from './reload.ts';

const DEVELOPMENT = { isDevelopment: true };

describe('a view that is replaced while it runs', () => {
  it('keeps its state, shows its new template, and runs its new handlers', async () => {
    const { client, server } = await mounted({}, DEVELOPMENT);
    await client.event('add', {}, 1);
    const other = counter({
      render: ({ count }) => html`<h1>${count} now</h1>`,
      events: { add: ({ count }) => ({ count: count + 10 }) },
    });
    expect(await server.reload(other)).toEqual([{ kept: true, ms: expect.any(Number) }]);
    expect(await client.received()).toMatchObject([{ type: 'html_update', version: 3 }]);
    expect(client.shown).toContain('"1 now"');
    await client.event('add', {}, 2);
    expect(client.shown).toContain('"11 now"');
  });

  it('is mounted anew when its state would not do', async () => {
    const { client, server } = await mounted({}, DEVELOPMENT);
    await client.event('add', {}, 1);
    const other = defineView({
      name: 'test.view',
      state: { count: 0, names: [] as string[], colour: 'red' },
      mount: () => ({ colour: 'green' }),
      render: ({ count, colour }) => html`<p>${colour} ${count}</p>`,
    });
    expect(await server.reload(other)).toMatchObject([{ kept: false }]);
    await client.received();
    expect(client.shown).toContain('"green 0"');
  });

  it('stays as it was when the new one cannot be rendered', async () => {
    const { client, server } = await mounted({}, DEVELOPMENT);
    const broken = counter({
      render: () => {
        throw new Error('not yet');
      },
    });
    expect(await server.reload(broken)).toMatchObject([{ failed: 'not yet' }]);
    await client.event('add', {}, 1);
    expect(client.shown).toContain('Count: 1');
  });

  it('is told to an open panel', async () => {
    const { client, server } = await mounted({}, DEVELOPMENT);
    await client.send({ type: 'dev:subscribe', id: 1 });
    await server.reload(counter(), 'counter.ts');
    expect((await client.received()).at(-1)).toMatchObject({ type: 'dev:reloaded', file: 'counter.ts', kept: true });
  });

  it('concerns nobody who shows another view, and nobody in production', async () => {
    const { client, server } = await mounted({}, DEVELOPMENT);
    expect(await server.reload(defineView({ name: 'test.other', state: {}, render: () => html`<p>x</p>` }))).toEqual(
      [],
    );
    expect(await client.received()).toEqual([]);
    const production = await mounted();
    expect(await production.server.reload(counter())).toEqual([]);
  });

  it.each([
    [{ a: 1 }, { a: 2 }, true],
    [{ a: 1, b: 2 }, { a: 2 }, true],
    [{ a: 1 }, { a: 2, b: 1 }, false],
    [{ a: 1 }, { a: 'x' }, false],
    [{ a: null }, { a: 'x' }, true],
    [{ a: [] }, { a: {} }, false],
  ])('of %j to %j: %s', (state, fresh, expected) => {
    expect(fits(state, fresh)).toBe(expected);
  });
});
