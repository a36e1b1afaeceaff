import { describe, expect, it } from 'vitest';
import { HtmlDiffer } from '../../../../server-ref/src/diff/html.ts';
import { page, type TestPage } from '../../test/page.ts';
import { applyOps } from './compact.ts';
import { morphContent } from './morph.ts';

const MODES = ['replace', 'append', 'prepend', 'ignore', 'stream'] as const;
type Mode = (typeof MODES)[number];

/** Rows as a view writes them, `a1` for a row `a` that shows 1. */
const rows = (...names: string[]): string => names.map((name) => `<li id="${name[0]}">${name.slice(1)}</li>`).join('');
const box = (mode: Mode, content: string): string => `<ul dj-update="${mode}">${content}</ul>`;

/** What a container shows after it showed `a1 b1` and the view renders `b2 c1`. docs/protocol.md says it in words. */
const AFTER: Record<Mode, string> = {
  replace: rows('b2', 'c1'),
  append: rows('a1', 'b2', 'c1'),
  prepend: rows('c1', 'a1', 'b2'),
  ignore: rows('a1', 'b1'),
  stream: rows('a1', 'b1'),
};
/** After it was empty. Whoever leaves its content alone leaves an empty one alone, too. */
const FILLED: Record<Mode, string> = {
  replace: rows('b2', 'c1'),
  append: rows('b2', 'c1'),
  prepend: rows('b2', 'c1'),
  ignore: '',
  stream: '',
};

interface Shape {
  before(mode: Mode): string;
  render(mode: Mode): string;
  wanted(mode: Mode): string;
}

const SHAPES: Record<string, Shape> = {
  'that is empty': {
    before: (mode) => box(mode, ''),
    render: (mode) => box(mode, rows('b2', 'c1')),
    wanted: (mode) => box(mode, FILLED[mode]),
  },
  'that becomes empty': {
    before: (mode) => box(mode, rows('a1', 'b1')),
    render: (mode) => box(mode, ''),
    wanted: (mode) => box(mode, mode === 'replace' ? '' : rows('a1', 'b1')),
  },
  'between siblings': {
    before: (mode) => `<p>x</p>${box(mode, rows('a1', 'b1'))}text<i>1</i>`,
    render: (mode) => `<p>y</p><b>new</b>${box(mode, rows('b2', 'c1'))}other<i>2</i>`,
    wanted: (mode) => `<p>y</p><b>new</b>${box(mode, AFTER[mode])}other<i>2</i>`,
  },
  'inside another one': {
    before: (mode) => box('append', `<li id="o1">${box(mode, rows('a1', 'b1'))}</li>`),
    render: (mode) => box('append', `<li id="o1">${box(mode, rows('b2', 'c1'))}</li><li id="o2">2</li>`),
    wanted: (mode) => box('append', `<li id="o1">${box(mode, AFTER[mode])}</li><li id="o2">2</li>`),
  },
};

type Player = (before: string, after: string) => TestPage;

const PLAYERS: Record<string, Player> = {
  patches: (before, after) => {
    const differ = new HtmlDiffer(before, { form: 'patches' });
    const live = page(differ.html);
    expect(live.apply(...differ.patches(after))).toMatchObject({ ok: true });
    return live;
  },
  ops: (before, after) => {
    const differ = new HtmlDiffer(before, { form: 'ops' });
    const live = page(differ.html);
    expect(applyOps(differ.ops(after), live)).toMatchObject({ ok: true });
    return live;
  },
  'a merge of the whole': (before, after) => {
    const live = page(before);
    morphContent(live.root, after);
    return live;
  },
};

describe.each(Object.entries(PLAYERS))('by %s', (_, play) => {
  describe.each(MODES)('dj-update="%s"', (mode) => {
    it.each(Object.entries(SHAPES))('for a container %s', (_, { before, render, wanted }) => {
      const live = play(before(mode), render(mode));
      const fresh = document.createElement('div');
      fresh.innerHTML = wanted(mode);
      expect(live.html()).toBe(fresh.innerHTML);
    });
  });
});
