import { OP, type OpGroup } from '@djust/protocol';
import { describe, expect, it } from 'vitest';
import { isFrame, isOp, loadFixtures } from '../../../packages/protocol/fixtures/load.ts';
import { canonical, canonicalOf, openPage } from '../../test/apply-ops.ts';
import { rig } from '../../test/rig.ts';
import { counter } from '../../test/views.ts';
import type { ViewContext } from '../view/define-view.ts';

const fixtures = loadFixtures();
const frames = fixtures.filter(isFrame);

/** What each type of server frame may have beside its type, as the fixtures show it. */
const FIELDS = new Map<string, Set<string>>();
for (const { direction, frame } of frames) {
  if (direction !== 'server') continue;
  const fields = FIELDS.get(frame.type) ?? new Set();
  for (const field of Object.keys(frame)) fields.add(field);
  FIELDS.set(frame.type, fields);
}

describe('the golden fixtures', () => {
  it.each(frames.filter(({ direction, invalid }) => direction === 'client' && !invalid))(
    'of a client are answered as the fixtures of a server show, before and after a mount: $name',
    async ({ frame }) => {
      for (const mountsFirst of [false, true]) {
        const spec = { title: 'Cart', mount: (ctx: ViewContext) => ctx.flash('info', 'Hello') };
        // A page that had a session of a view that is not there would be closed, and loaded anew.
        const { connect } = rig({ '/': counter(spec), '/cart': counter({ ...spec, name: 'shop.cart' }) });
        const client = await connect();
        if (mountsFirst) await client.mount();
        await client.send(frame);
        const sent = client.peer.texts.map((text) => JSON.parse(text) as { type: string });
        for (const answer of sent) {
          for (const field of Object.keys(answer))
            expect([...(FIELDS.get(answer.type) ?? [])], answer.type).toContain(field);
        }
        expect(client.closedWith).toBeUndefined();
        expect(await client.send({ type: 'ping' })).toEqual([{ type: 'pong' }]);
      }
    },
  );

  it.each(frames.filter(({ invalid }) => invalid))('of a bad client are refused: $name', async ({ frame, invalid }) => {
    const { connect } = rig(counter(), { isDevelopment: true });
    const client = await connect();
    await client.mount();
    expect(await client.send(frame)).toMatchObject([{ type: 'error', ...invalid }]);
    expect(client.closedWith).toBeUndefined();
  });

  it.each(fixtures.filter(isOp).filter(({ op }) => Array.isArray(op)))(
    'of operations do what they say: $name',
    ({ op, before, after, known = [] }) => {
      const page = openPage(before);
      page.apply([...known.map(([number, chunks]) => [OP.template, number, chunks] as OpGroup), op as OpGroup]);
      expect(canonical(page.root)).toBe(canonicalOf(after));
    },
  );
});
