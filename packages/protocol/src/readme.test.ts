import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { receive } from '../test/readme-example.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('the example in the README is the one that is tested', () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('../test/readme-example.ts')}\`\`\``);
});

it('the example works', () => {
  expect(JSON.parse(receive('{"type":"event","event":"save","params":{},"ref":1}'))).toMatchObject({
    type: 'patch',
    ref: 1,
  });
  expect(JSON.parse(receive('{'))).toMatchObject({ type: 'error', code: 'frame/not-json' });
});

it('the README names every source file', () => {
  const text = read('../README.md');
  for (const name of [
    'client-frames',
    'server-frames',
    'patch',
    'compact',
    'extensions',
    'codec',
    'guards',
    'tree-rules',
    'limits',
    'errors',
    'error-texts',
    'tap',
  ]) {
    expect(text).toContain(`\`${name}.ts\``);
  }
});
