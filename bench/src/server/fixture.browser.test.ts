import { describe, expect, it } from 'vitest';
import { djust } from '../page/lanes/djust.ts';
import { limit } from '../page/lanes/limit.ts';
import { difference } from '../page/shape.ts';
import { applyChange } from '../workloads/changes.ts';
import type { Items } from '../workloads/items.ts';
import { plainHtml } from '../workloads/plain-html.ts';
import { tell, WORKLOADS } from '../workloads/workloads.ts';
import { djustMessages } from './fixture.ts';

const MESSAGES = 4;

describe.each(WORKLOADS.filter(({ size }) => size <= 1_000))('$id', (workload) => {
  it.each(Object.entries({ limit, djust }))('%s leaves the document of a fresh render', async (_, lane) => {
    const { kind } = workload;
    const { initial, changes } = tell({ ...workload, messages: Math.min(workload.messages, MESSAGES) }, 1);
    const itemsAfter = (count: number): Items => changes.slice(0, count).reduce(applyChange, initial);
    const fixture = { djust: djustMessages({ ...workload, messages: changes.length }, 1) } as never;
    const stage = { kind, changes, fixture, itemsAfter };
    const root = document.createElement('div');
    document.body.replaceChildren(root);
    await lane.mount(root, stage);
    for (const step of lane.prepare(root, stage, changes.length)) step();
    const expected = document.createElement('div');
    expected.innerHTML = plainHtml(kind, itemsAfter(changes.length));
    expect(difference(root, expected)).toBeUndefined();
  });
});
