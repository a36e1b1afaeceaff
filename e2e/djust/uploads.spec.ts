import { createHash } from 'node:crypto';
import { expect, open, settled, test } from './support/test.ts';

/** Bytes that no other place in the file repeats at the same offset. */
function bytes(size: number): Buffer {
  const buffer = Buffer.alloc(size);
  for (let at = 0; at < size; at++) buffer[at] = (at * 31 + (at >> 8)) & 255;
  return buffer;
}

const sum = (buffer: Buffer): string => createHash('sha256').update(buffer).digest('hex');

for (const size of [1, 65_515, 65_516, 5_000_000]) {
  test(`W12: a file of ${size} bytes arrives as it is`, async ({ page, wire }) => {
    await open(page, '/uploads/');
    const buffer = bytes(size);
    await page.setInputFiles('[type=file]', { name: 'file.bin', mimeType: 'application/octet-stream', buffer });
    await expect.poll(() => wire.of('upload_progress').at(-1)?.status, { timeout: 30_000 }).toBe('complete');
    await page.click('#save');
    await settled(page);
    await expect(page.locator('li')).toHaveText(`file.bin ${size} ${sum(buffer)}`);
  });
}

test('an upload goes on after the connection was cut in the middle', async ({ page, wire, watch }) => {
  watch.allow(/WebSocket/);
  await open(page, '/uploads/');
  const buffer = bytes(5_000_000);
  await page.setInputFiles('[type=file]', { name: 'big.bin', mimeType: 'application/octet-stream', buffer });
  await expect
    .poll(() => Number(wire.of('upload_progress').at(-1)?.progress ?? 0), { intervals: [20] })
    .toBeGreaterThan(9);
  await wire.cut();
  await expect.poll(() => wire.of('upload_progress').at(-1)?.status, { timeout: 40_000 }).toBe('complete');
  expect(wire.sentOf('upload_resume')).toHaveLength(1);
  await page.click('#save');
  await settled(page);
  await expect(page.locator('li')).toHaveText(`big.bin 5000000 ${sum(buffer)}`);
});
