import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { anEvent, NOW } from '../../test/events.ts';
import { playwrightTest } from './playwright.ts';
import { DEFAULT_RULE } from './redact.ts';
import type { HeldTrace } from './trace-store.ts';

const held: HeldTrace = {
  events: [
    anEvent({
      id: 1,
      ref: 1,
      name: 'add',
      params: { by: 1 },
      gesture: { css: '[dj-view] button[data-by="1"]', nth: 0 },
    }),
    anEvent({ id: 2, ref: 2, name: 'login', params: { password: 'hunter2-and-more' } }),
    anEvent({ id: 3, ref: 3, name: 'evil', params: { text: "');process.exit()//\n\u2028`" } }),
  ],
  frames: [
    {
      id: 4,
      page: 1,
      at: NOW,
      direction: 'in',
      type: 'patch',
      ref: 1,
      bytes: 9,
      connection: 1,
      text: JSON.stringify({
        type: 'patch',
        ops: [
          [0, '1', '5'],
          [1, '2', " it's"],
        ],
      }),
    },
  ],
  transitions: [],
  pages: [{ page: 1, at: NOW, url: "/counter?x='", how: 'load' }],
};

describe('the test that a session becomes', () => {
  const text = playwrightTest(held, { redact: DEFAULT_RULE });

  it('is TypeScript without a mistake in its syntax', () => {
    const { diagnostics } = ts.transpileModule(text, { reportDiagnostics: true });
    expect(diagnostics).toEqual([]);
  });

  it('clicks what was clicked, sends the rest, and demands the texts that came', () => {
    expect(text).toContain(`page.locator('[dj-view] button[data-by="1"]').nth(0).click()`);
    expect(text).toContain(`expect(await push('login'`);
    expect(text).toContain(`toContainText('5')`);
    expect(text).toContain(`toContainText('it\\'s')`);
    expect(text).toContain(`page.goto('/counter?x=\\'')`);
  });

  it('has no secret in it', () => {
    expect(text).not.toContain('hunter2');
  });
});
