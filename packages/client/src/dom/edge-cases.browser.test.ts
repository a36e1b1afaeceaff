import { describe, expect, it } from 'vitest';
import { HtmlDiffer } from '../../../../server-ref/src/diff/html.ts';
import { EDGE_CASES } from '../../test/edge-cases.ts';
import { page } from '../../test/page.ts';
import { idsOf } from '../../test/pairs.ts';
import { htmlShape } from '../../test/shapes.ts';
import { applyOps } from './compact.ts';
import { morphContent } from './morph.ts';

describe('as a whole', () => {
  const cases = EDGE_CASES.filter(({ isForPatches }) => !isForPatches);
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_, { before, after, act, isTheUsers }) => {
    const live = page(before);
    act?.(live.root);
    morphContent(live.root, after);
    const fresh = document.createElement('div');
    fresh.innerHTML = after;
    if (!isTheUsers) expect(htmlShape(live.root, 'joined')).toEqual(htmlShape(fresh, 'joined'));
  });
});

describe.each(['patches', 'ops'] as const)('as %s', (form) => {
  it.each(EDGE_CASES.map((one) => [one.name, one] as const))('%s', (_, { before, after, act, check, isTheUsers }) => {
    const differ = new HtmlDiffer(before, { form });
    const live = page(differ.html);
    act?.(live.root);
    const report = form === 'ops' ? applyOps(differ.ops(after), live) : live.apply(...differ.patches(after));
    expect(report).toMatchObject({ ok: true });
    const fresh = document.createElement('div');
    fresh.innerHTML = after;
    const [shown, wanted] = form === 'ops' ? (['sent', 'joined'] as const) : (['apart', 'apart'] as const);
    if (!isTheUsers) expect(htmlShape(live.root, shown)).toEqual(htmlShape(fresh, wanted));
    // The next operation names what stands there.
    fresh.innerHTML = differ.html;
    if (!isTheUsers) expect(idsOf(live.root)).toEqual(idsOf(fresh));
    const holds = check?.(live.root) ?? {};
    expect(holds).toEqual(Object.fromEntries(Object.keys(holds).map((name) => [name, true])));
  });
});
