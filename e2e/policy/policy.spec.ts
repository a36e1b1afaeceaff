import { open } from '../support/page.ts';
import { expect, test } from '../support/test.ts';
import { useAll } from './use-all.ts';

test('the whole gallery is used without a breach of its policy @firefox', ({ page }) => useAll(page));

test('pages allow no code but their own, and no string to become HTML', async ({ request }) => {
  const { headers } = { headers: (await request.get('/counter')).headers() };
  const policy = headers['content-security-policy'] ?? '';
  for (const rule of [
    "script-src 'self'",
    "style-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types djust djust-sw turbonav',
  ]) {
    expect(policy.split('; ')).toContain(rule);
  }
  expect(policy).not.toContain('unsafe');
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test('a breach would be noticed', async ({ page, watch }) => {
  await open(page, '/counter');
  await page
    .evaluate(() => document.body.insertAdjacentHTML('beforeend', '<i style="color: red"></i>'))
    .catch(() => {});
  await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
  await expect.poll(() => watch.said.join()).toContain('policy breached');
  watch.allow(/policy|Content Security|Trusted/i);
});
