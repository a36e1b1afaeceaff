import { describe, expect, it } from 'vitest';
import { editorUrl, placeOf } from './code-frame.ts';

const place = { file: '/site/a b/ü#.ts', line: 3, column: 7 };

describe('editorUrl', () => {
  it('puts the place into the address, so that no sign of it means anything there', () =>
    expect(editorUrl('vscode://file/{file}:{line}:{column}', place)).toBe(
      'vscode://file//site/a%20b/%C3%BC%23.ts:3:7',
    ));

  it.each([
    'javascript://%0aalert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'https://example.org/{file}',
    '',
    'x',
    '{file}',
  ])('is none for %s', (template) => expect(editorUrl(template, place)).toBeUndefined());
});

describe('placeOf', () => {
  it('reads a line of a stack with a name and without', () => {
    expect(placeOf('    at Object.throw (file:///app/boom.ts:12:5)')).toEqual({
      file: '/app/boom.ts',
      line: 12,
      column: 5,
    });
    expect(placeOf('    at /app/boom.ts:1:2')).toEqual({ file: '/app/boom.ts', line: 1, column: 2 });
    expect(placeOf('Error: no place')).toBeUndefined();
  });
});
