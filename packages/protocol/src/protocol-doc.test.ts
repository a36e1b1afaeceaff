import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isFrame, isOp, loadFixtures } from '../fixtures/load.ts';
import { OP, OP_ARITY } from './compact.ts';
import { HINTS } from './error-texts.ts';
import { ERRORS } from './errors.ts';
import { FEATURES } from './extensions.ts';
import { CLOSE, closePolicy, LIMITS } from './limits.ts';

const doc = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');
const fixtures = loadFixtures();
const examples = [...doc.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => JSON.parse(text as string) as unknown);

/** The rows of the table whose first header cell reads `first`, without their marks. */
function table(first: string): string[][] {
  const lines = doc.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${first} |`));
  expect(start, `a table that begins with ${first}`).toBeGreaterThan(0);
  const end = lines.findIndex((line, at) => at > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`([^`]*)`$/, '$1')),
  );
}

describe('the examples of docs/protocol.md', () => {
  it('are fixtures, each of them', () => {
    const known = fixtures.map((fixture) => (isOp(fixture) ? fixture.op : fixture.frame));
    expect(examples.length).toBeGreaterThan(20);
    for (const example of examples) expect(known).toContainEqual(example);
  });

  it('show every frame of the extensions', () => {
    for (const fixture of fixtures.filter(isFrame)) {
      const { frame, invalid } = fixture;
      const isExtended =
        'ext' in frame || 'ack' in frame || (frame.type === 'patch' && 'ops' in frame) || 'retry_after_ms' in frame;
      if (isExtended && !invalid) expect(examples, fixture.name).toContainEqual(frame);
    }
  });

  it('show every compact operation, and name a fixture for every other one', () => {
    for (const { name, op } of fixtures.filter(isOp)) {
      if (Array.isArray(op)) expect(examples, name).toContainEqual(op);
      else expect(table('operation')).toContainEqual([op.type, name]);
    }
  });
});

/** A place and then any number of ids. */
const isMove = (code: number): boolean => code === OP.move || code === OP.moveAfter;

describe('the tables of docs/protocol.md', () => {
  it('have the limits as they are', () => {
    const rows = table('limit').map(([name, value]) => [name, Number(value?.replaceAll(',', ''))]);
    expect(rows).toEqual(Object.entries(LIMITS));
  });

  it('have the close codes and what a client does about them', () => {
    const rows = table('code').filter(([code]) => /^\d+$/.test(code ?? ''));
    expect(rows.map(([code, name, policy]) => [name, Number(code), policy])).toEqual(
      Object.entries(CLOSE).map(([name, code]) => [name, code, closePolicy(code)]),
    );
  });

  it('have every error code, who has to act, and its hint', () => {
    const start = doc.indexOf('## 6.');
    const rows = doc
      .slice(start)
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => /^\| `([^`]+)` \| (\w+) \| (.*) \|$/.exec(line)?.slice(1) ?? line);
    expect(rows).toEqual(Object.entries(ERRORS).map(([code, who]) => [code, who, HINTS[code as keyof typeof HINTS]]));
  });

  it('have the features', () => {
    expect(table('feature').map(([name]) => name)).toEqual([...FEATURES]);
  });

  it('have the numbers of the compact operations', () => {
    const rows = table('number').map(([code, name, args]) => [
      name,
      Number(code),
      args?.replace(', …', '').split(', ').length,
    ]);
    expect(rows).toEqual(Object.entries(OP).map(([name, code]) => [name, code, isMove(code) ? 2 : OP_ARITY[code]]));
  });
});
