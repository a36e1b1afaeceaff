import { beforeEach, describe, expect, it } from 'vitest';
import { got } from '../records.ts';
import { ADDRESSES, meta, readMeta } from './database.ts';
import { learn, mayBegin } from './routes.ts';

const NOTES = /^\/notes\/.*$/;
const TASKS = /^\/tasks\/.*$/;

beforeEach(async () => got((await meta('readwrite')).clear()));

async function pages(count: number): Promise<void> {
  for (let at = 0; at < count; at++) await learn(NOTES, `/notes/${at}`, true);
}

describe('a page is begun before the server has answered', () => {
  it('when three of its kind have been pages', async () => {
    await pages(2);
    expect(await mayBegin(NOTES, '/notes/new')).toBe(false);
    await pages(1);
    expect(await mayBegin(NOTES, '/notes/new')).toBe(true);
    expect(await mayBegin(TASKS, '/tasks/new')).toBe(false);
  });

  it('only where it was a page before, when one of its kind was none', async () => {
    await pages(5);
    await learn(NOTES, '/notes/export', false);
    expect(await mayBegin(NOTES, '/notes/1')).toBe(false);
    await learn(NOTES, '/notes/1', true);
    expect(await mayBegin(NOTES, '/notes/1')).toBe(true);
    expect(await mayBegin(NOTES, '/notes/2')).toBe(false);
    expect(await mayBegin(NOTES, '/notes/export')).toBe(false);
  });

  it('no longer when it has become a download', async () => {
    await learn(NOTES, '/notes/export', false);
    await learn(NOTES, '/notes/1', true);
    await learn(NOTES, '/notes/1', false);
    expect(await mayBegin(NOTES, '/notes/1')).toBe(false);
  });

  it('remembers 200 addresses, those of the user that were opened last', async () => {
    await learn(NOTES, '/notes/export', false);
    await pages(205);
    expect(await mayBegin(NOTES, '/notes/4')).toBe(false);
    expect(await mayBegin(NOTES, '/notes/5')).toBe(true);
    expect(await readMeta(ADDRESSES)).toHaveLength(200);
  });
});
