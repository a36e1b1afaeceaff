import { expect, it } from 'vitest';
import { longText } from './long-text.ts';

it('shows 2 KiB of a long text, and all of it on request, as text', () => {
  const text = `<img src=x onerror=alert(1)>${'x'.repeat(300_000)}`;
  const box = longText(text);
  expect(box.textContent?.length).toBeLessThan(2_100);
  const more = box.querySelector('button');
  expect(more?.textContent).toBe(`… ${text.length - 2_048} more characters`);
  more?.click();
  expect(box.textContent).toBe(text);
  expect(box.childElementCount).toBe(0);
});

it('leaves a short one as it is', () => {
  expect(longText('short').childElementCount).toBe(0);
  expect(longText('x'.repeat(2_048)).childElementCount).toBe(0);
});
