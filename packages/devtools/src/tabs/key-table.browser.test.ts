import { describe, expect, it } from 'vitest';
import { TABS } from '../tabs.ts';
import { keyName } from '../ui/keys.ts';
import { holderOf, KEY_GROUPS, type KeyAction, refusalOf } from './key-table.ts';

const all = KEY_GROUPS.flatMap(({ actions }) => actions);
const action = (name: string): KeyAction => all.find((one) => one.name === name) as KeyAction;

describe('the table of keys', () => {
  it('has every action once, with a key that no other shares where both could be meant', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const one of all) expect([one.name, refusalOf(one.key, one, {})]).toEqual([one.name, undefined]);
  });

  it('is not meant by a key with a modifier that none of them has', () => {
    const pressed = (init: KeyboardEventInit): string => keyName(new KeyboardEvent('keydown', init));
    expect([pressed({ key: 'r' }), pressed({ key: 'R', shiftKey: true })]).toEqual(['r', 'Shift+R']);
    const names = [pressed({ key: 'r', metaKey: true }), pressed({ key: 'r', ctrlKey: true })];
    expect(names.sort()).toEqual(['Meta+r', 'Mod+R']);
  });

  it('calls the tabs as they are called', () => {
    for (const [at, { title }] of TABS.slice(0, 9).entries()) expect(action(`tab${at + 1}`).text).toBe(`Open ${title}`);
  });

  it('names the action that has a key already', () => {
    expect(refusalOf('p', action('dock'), {})).toBe('“Pause or go on recording” has that key. Change it there first.');
    expect(refusalOf('p', action('dock'), { pause: 'w' })).toBeUndefined();
    expect(refusalOf('w', action('dock'), { pause: 'w' })).toContain('Pause');
    // Back to its own, which another has by now.
    expect(refusalOf('p', action('pause'), { pause: 'w', dock: 'p' })).toContain('next side');
  });

  it('lets a key mean two things only in two places, and what works anywhere share none', () => {
    expect(refusalOf('n', action('nextRow'), { nextTab: 'n' })).toBeUndefined();
    expect(refusalOf('n', action('pause'), { nextTab: 'n' })).toContain('Next tab');
    expect(refusalOf('r', action('nextRow'), {})).toContain('Replay');
    expect(holderOf('j', action('previousRow'), {})?.name).toBe('nextRow');
  });

  it('leaves the tools of the browser theirs, and buttons and fields what they are worked with', () => {
    for (const key of ['F12', 'Mod+Shift+I', 'Mod+Alt+J', 'Mod+Shift+C'])
      expect(refusalOf(key, action('pause'), {})).toBe('That key belongs to the tools of the browser.');
    for (const key of ['Enter', ' ', 'Home', 'Shift+Enter', 'PageDown'])
      expect(refusalOf(key, action('nextRow'), {})).toBe('That key belongs to buttons, fields and lists.');
    expect(refusalOf('ArrowUp', action('pause'), { rowAbove: 'w' })).toContain('Arrows');
    expect(refusalOf('ArrowUp', action('previousTab'), {})).toBeUndefined();
    expect(refusalOf('F9', action('pause'), {})).toBeUndefined();
  });
});
