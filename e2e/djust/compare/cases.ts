import { expect, type Page } from '@playwright/test';
import { expectSame } from '../support/same.ts';
import type { Wiretap } from '../support/wiretap.ts';

/** Something that a user can see to be right or wrong, done by clicks and keys alone, so that any client can be asked. */
export interface Case {
  readonly name: string;
  /** Trap of the wire, or more than one. */
  readonly trap: string;
  run(page: Page, wire: Wiretap): Promise<void>;
}

const PATIENT = { timeout: 8_000 };

/** The view is mounted: only the server's HTML has ids. */
export async function openAny(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator('[dj-view] [dj-id]').first()).toBeAttached({ timeout: 15_000 });
}

async function submit(page: Page, form: string, values: Record<string, string>, wire: Wiretap): Promise<void> {
  const before = answers(wire);
  for (const [name, value] of Object.entries(values)) await page.fill(`#${form} [name=${name}]`, value);
  await page.click(`#${form} button`);
  await expect.poll(() => answers(wire), PATIENT).toBeGreaterThan(before);
}

const answers = (wire: Wiretap): number => wire.received.filter(({ ref }) => ref !== undefined).length;

/** The client may take a moment to show what came. */
const same = (page: Page, wire: Wiretap): Promise<void> => expect(() => expectSame(page, wire)).toPass(PATIENT);

const ordered = (from: string, to: string, trap: string): Case => ({
  name: `keyed rows ${from} → ${to}`,
  trap,
  async run(page, wire) {
    await openAny(page, '/lists/');
    await submit(page, 'order', { keys: from }, wire);
    await submit(page, 'order', { keys: to }, wire);
    await same(page, wire);
    expect(wire.sentOf('request_html'), 'the whole page was not asked for').toHaveLength(0);
  },
});

export const CASES: readonly Case[] = [
  ordered('ABC', 'BCA', 'W1'),
  ordered('AB', 'XBA', 'W2'),
  ordered('ABCDEFGH', 'HXBAYGZC', 'W1, W2'),
  {
    name: 'a batch of more than a dozen patches with a new boundary',
    trap: 'W3',
    async run(page, wire) {
      await openAny(page, '/lists/');
      for (const [keys, numbers] of [
        ['EDCBA', '3'],
        ['AEXB', '1'],
      ] as const) {
        await submit(page, 'grow', { keys, numbers }, wire);
        await same(page, wire);
      }
      expect(wire.sentOf('request_html')).toHaveLength(0);
    },
  },
  {
    name: 'a boundary goes together with the text beside it',
    trap: 'W4',
    async run(page, wire) {
      await openAny(page, '/lists/');
      for (const [form, values] of [
        ['flag', { flags: 'ab' }],
        ['write', { text: '' }],
        ['flag', { flags: '' }],
        ['write', { text: 'three' }],
      ] as const) {
        await submit(page, form, values, wire);
        await same(page, wire);
      }
      expect(wire.sentOf('request_html')).toHaveLength(0);
    },
  },
  {
    name: 'a gradient that comes later is a gradient',
    trap: 'W6',
    async run(page, wire) {
      await openAny(page, '/lists/');
      await submit(page, 'flag', { flags: 'b' }, wire);
      await expect
        .poll(() => page.evaluate(() => document.querySelector('svg defs')?.firstElementChild?.localName), PATIENT)
        .toBe('linearGradient');
    },
  },
  {
    name: 'an error gives the locked button back',
    trap: 'W16',
    async run(page) {
      await openAny(page, '/messages/');
      await page.click('#boom');
      await expect(page.locator('#boom')).toHaveText('Boom', PATIENT);
      await expect(page.locator('#boom')).toBeEnabled(PATIENT);
    },
  },
  {
    name: 'an answer that changes nothing gives the locked button back',
    trap: 'W16',
    async run(page, wire) {
      await openAny(page, '/counter/');
      await page.click('#nothing');
      await expect.poll(() => wire.of('noop').length, PATIENT).toBe(1);
      await expect(page.locator('#nothing')).toHaveText('Nothing', PATIENT);
      await expect(page.locator('#nothing')).toBeEnabled(PATIENT);
    },
  },
  {
    name: 'sixty clicks at once all count',
    trap: 'W22',
    async run(page) {
      await openAny(page, '/counter/');
      await page.evaluate(() => {
        for (let i = 0; i < 60; i++) document.querySelector<HTMLElement>('#one')?.click();
      });
      await expect(page.locator('h1')).toHaveText('60', PATIENT);
    },
  },
  {
    name: 'a click while the connection is away counts when it is back',
    trap: 'W17',
    async run(page, wire) {
      await openAny(page, '/counter/');
      await page.click('#one');
      await expect(page.locator('h1')).toHaveText('1', PATIENT);
      await wire.cut();
      await page.click('#five');
      await expect.poll(() => wire.sockets.length, { timeout: 20_000 }).toBe(2);
      // A plain server has forgotten the 1; the 5 was never sent before.
      await expect(page.locator('h1')).toHaveText('5', PATIENT);
    },
  },
  {
    name: 'a login that has expired leads to the login page',
    trap: 'W26',
    async run(page, wire) {
      await page.goto('/login/?next=/guarded/');
      await page.click('button');
      await expect(page.locator('[dj-view] [dj-id]').first()).toBeAttached({ timeout: 15_000 });
      await page.request.get('/logout/');
      await wire.cut();
      await page.waitForURL('**/login/**', { timeout: 15_000 });
    },
  },
  {
    name: 'back to the first page brings its view',
    trap: 'W28',
    async run(page, wire) {
      await openAny(page, '/rome/');
      await page.waitForLoadState('networkidle');
      await page.click('#oslo');
      await expect(page.locator('h1')).toHaveText('Oslo', PATIENT);
      await page.goBack();
      await expect(page.locator('h1')).toHaveText('Rome', PATIENT);
      await page.click('#add');
      await expect(page.locator('#count')).toHaveText('1', PATIENT);
      await same(page, wire);
    },
  },
  {
    name: 'after a redirect and a cut the view that is shown is mounted',
    trap: 'W27',
    async run(page, wire) {
      await openAny(page, '/rome/');
      await page.waitForLoadState('networkidle');
      await page.click('#oslo');
      await expect(page.locator('h1')).toHaveText('Oslo', PATIENT);
      await wire.cut();
      await expect.poll(() => wire.of('mount').length, { timeout: 20_000 }).toBe(3);
      await expect(page.locator('h1')).toHaveText('Oslo', PATIENT);
      expect(wire.of('mount').at(-1)?.view).toBe('demo.views.places.Oslo');
    },
  },
  {
    name: 'an upload of 65,516 bytes with the server’s own settings',
    trap: 'W12',
    async run(page, wire) {
      await openAny(page, '/uploads/');
      await page.waitForLoadState('networkidle');
      const buffer = Buffer.alloc(65_516, 7);
      await page.setInputFiles('[type=file]', { name: 'file.bin', mimeType: 'application/octet-stream', buffer });
      await expect.poll(() => wire.of('upload_progress').at(-1)?.status, { timeout: 15_000 }).toBe('complete');
      await page.click('#save');
      await expect(page.locator('li')).toContainText('file.bin 65516', PATIENT);
    },
  },
];
