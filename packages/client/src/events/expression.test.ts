import { describe, expect, it } from 'vitest';
import { parseExpression } from './expression.ts';

describe('parseExpression', () => {
  it.each([
    ['save', 'save', '', []],
    [' save ', 'save', '', []],
    ['save()', 'save', '', []],
    ['save.enter', 'save', 'enter', []],
    ['save(1, "a")', 'save', '', [1, 'a']],
    ["save('it\\'s', true, false, null)", 'save', '', ["it's", true, false, null]],
    ['save("a,b", "c)d")', 'save', '', ['a,b', 'c)d']],
    ['save(-3, .5, 5., bare)', 'save', '', [-3, 0.5, 5, 'bare']],
    ['save("line\\nbreak\\t\\\\")', 'save', '', ['line\nbreak\t\\']],
    ['save(1,,2)', 'save', '', [1, 2]],
    ['save("")', 'save', '', ['']],
    ['save.enter(1)', 'save', 'enter', [1]],
  ])('%s', (text, name, suffix, args) => {
    expect(parseExpression(text)).toEqual({ name, suffix, args });
  });

  it.each([[''], ['1x'], ['a b'], ['[["show"]]'], ['save(1']])('%j names nothing', (text) => {
    expect(parseExpression(text)).toBeUndefined();
  });
});
