import { LIMITS, OP } from '@djust/protocol';
import { describe, expect, it } from 'vitest';
import { type Counter, counter } from '../../test/views.ts';
import type { ViewSpec } from '../view/define-view.ts';
import { SessionLog } from './log.ts';
import { Page } from './page.ts';
import { Refs } from './refs.ts';
import { TaskQueue } from './task-queue.ts';

function opened(spec: Partial<ViewSpec<Counter>> = {}): Page {
  const page = new Page(counter(spec), { warn: () => {}, isFrozen: true });
  page.open(undefined);
  return page;
}

describe('a step of the page', () => {
  it('can be taken back as if it had not been', () => {
    const page = opened({ title: ({ count }) => `n ${count}` });
    const before = page.state;
    const { frames, undo } = page.step({ count: 1 }, [], { source: 'event' });
    expect(frames).toHaveLength(2);
    undo();
    expect(page).toMatchObject({ state: before, version: 1, title: 'n 0' });
    expect(page.log.replay(1, 1, 0)).toEqual([]);
    // The tree went with it, so the next step brings the whole content.
    const [patch] = page.step({ count: 5 }, [], { source: 'event' }).frames.map((text) => JSON.parse(text));
    expect(patch).toMatchObject({ version: 2, ops: [[OP.html, '0', expect.stringContaining('Count: 5')]] });
  });

  it('counts a version only for what the browser gets to see', () => {
    const page = opened();
    expect(page.step(undefined, [], { source: 'tick' }).frames).toEqual([]);
    expect(page.step({ count: 0 }, [], { source: 'tick' }).frames).toEqual([]);
    expect(page.version).toBe(1);
    page.step({ count: 1 }, [], { source: 'tick' });
    expect(page.version).toBe(2);
  });

  it('does not let anybody change the state behind its back', () => {
    const page = opened();
    page.step({ names: ['a'] }, [], {});
    expect(Object.isFrozen(page.state)).toBe(true);
    expect(Object.isFrozen(page.state.names)).toBe(true);
  });
});

describe('the log', () => {
  it('gives the frames after a version, or says that some are gone', () => {
    const log = new SessionLog();
    for (let version = 2; version <= 4; version++) log.add(version, [`a${version}`, `b${version}`]);
    expect(log.replay(2, 4, 0)).toEqual(['a3', 'b3', 'a4', 'b4']);
    expect(log.replay(4, 4, 0)).toEqual([]);
    expect(log.replay(0, 4, 0)).toBeUndefined();
    expect(log.replay(9, 4, 0)).toBeUndefined();
  });

  it('keeps 200 commits', () => {
    const log = new SessionLog();
    for (let version = 2; version <= LIMITS.logFrames + 2; version++) log.add(version, ['x']);
    const current = LIMITS.logFrames + 2;
    expect(log.replay(1, current, 0)).toBeUndefined();
    expect(log.replay(2, current, 0)).toHaveLength(LIMITS.logFrames);
  });

  it('keeps 256 KiB', () => {
    const log = new SessionLog();
    const half = 'x'.repeat(LIMITS.logBytes / 2);
    for (let version = 2; version <= 4; version++) log.add(version, [half]);
    expect(log.replay(1, 4, 0)).toBeUndefined();
    expect(log.replay(2, 4, 0)).toHaveLength(2);
    log.add(5, [half + half + half]);
    expect(log.replay(4, 5, 0)).toBeUndefined();
  });

  it('gives commits and answers in the order in which they were sent', () => {
    const log = new SessionLog();
    log.answer(1, 'answer 1');
    log.add(2, ['commit 2']);
    log.answer(3, 'answer 3');
    log.add(3, ['commit 3']);
    log.answer(5, 'answer 5');
    expect(log.replay(1, 3, 1)).toEqual(['commit 2', 'answer 3', 'commit 3', 'answer 5']);
    expect(log.replay(3, 3, 4)).toEqual(['answer 5']);
  });

  it('keeps 200 answers', () => {
    const log = new SessionLog();
    for (let ref = 1; ref <= LIMITS.logFrames + 1; ref++) log.answer(ref, `answer ${ref}`);
    expect(log.answerTo(1)).toBeUndefined();
    expect(log.answerTo(2)).toBe('answer 2');
    expect(log.answersAfter(LIMITS.logFrames)).toEqual([`answer ${LIMITS.logFrames + 1}`]);
  });
});

describe('refs', () => {
  it('are new once, and new only without a gap', () => {
    const refs = new Refs();
    expect([2, 1, 1, 2, 4, 3].map((ref) => refs.arrive(ref))).toEqual(['gap', 'new', 'again', 'new', 'gap', 'new']);
  });

  it('go on where the client says it stands', () => {
    const refs = new Refs();
    refs.start(7);
    expect([7, 9, 8].map((ref) => refs.arrive(ref))).toEqual(['again', 'gap', 'new']);
    expect(refs.done).toBe(7);
    refs.finish(8);
    refs.finish(3);
    expect(refs.done).toBe(8);
  });
});

describe('a queue of tasks', () => {
  it('runs one after the other, and goes on after a failure', async () => {
    const queue = new TaskQueue();
    const steps: string[] = [];
    const task =
      (name: string, fails = false) =>
      async (): Promise<void> => {
        steps.push(`${name} in`);
        await Promise.resolve();
        steps.push(`${name} out`);
        if (fails) throw new Error(name);
      };
    const [a, b, c] = [queue.run(task('a')), queue.run(task('b', true)), queue.run(task('c'))];
    await expect(b).rejects.toThrow('b');
    await Promise.all([a, c]);
    expect(steps).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
    expect(queue.isIdle).toBe(true);
  });

  it('is full with 64', () => {
    const queue = new TaskQueue();
    for (let at = 0; at < LIMITS.sessionQueue; at++) {
      expect(queue.isFull).toBe(false);
      void queue.run(async () => {});
    }
    expect(queue.isFull).toBe(true);
  });

  it('starts nothing once it is closed', async () => {
    const queue = new TaskQueue();
    let runs = 0;
    const late = queue.run(async () => void runs++);
    await queue.close();
    await late;
    expect(runs).toBe(0);
  });
});
