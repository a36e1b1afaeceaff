import { afterEach, expect, it, vi } from 'vitest';
import { jsonLogger } from './logger.ts';

afterEach(() => vi.restoreAllMocks());

it('an entry is one line of JSON, whatever a visitor put into it', () => {
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  jsonLogger({
    level: 'error',
    message: 'a\nb\r\u001b[31m\u2028c',
    event: '"}\n{"level":"info"',
    error: new Error('boom'),
  });
  jsonLogger({ level: 'warn', message: 'odd', error: { toString: () => 'odd\n' } });
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    expect(line.endsWith('\n')).toBe(true);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
    expect(() => JSON.parse(line)).not.toThrow();
  }
  expect(JSON.parse(lines[0] as string)).toMatchObject({ level: 'error', error: expect.stringContaining('boom') });
});
