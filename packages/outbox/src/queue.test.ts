import { describe, expect, it } from 'vitest';
import { EventQueue, type QueuedEvent } from './queue.ts';

const WINDOW = 3;

const event = (name: string): QueuedEvent => ({ event: name, params: {}, ref: undefined, isSent: false });

function queueOf(...names: string[]): EventQueue {
  const queue = new EventQueue();
  for (const name of names) queue.add(event(name));
  return queue;
}

const drain = (queue: EventQueue): [string, number][] => {
  const sent: [string, number][] = [];
  for (let entry = queue.next(WINDOW); entry; entry = queue.next(WINDOW)) sent.push([entry.event, entry.ref]);
  return sent;
};

describe('EventQueue', () => {
  it('gives out refs in order and without gaps, at the first sending', () => {
    const queue = queueOf('a', 'b');
    expect(queue.lastRef).toBe(0);
    expect(drain(queue)).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    queue.add(event('c'));
    expect(drain(queue)).toEqual([['c', 3]]);
  });

  it('sends again under the same refs after a resend', () => {
    const queue = queueOf('a', 'b');
    drain(queue);
    queue.settle(1);
    queue.resend();
    queue.add(event('c'));
    expect(drain(queue)).toEqual([
      ['b', 2],
      ['c', 3],
    ]);
  });

  it('has no more than a window of events on their way', () => {
    const queue = queueOf('a', 'b', 'c', 'd');
    expect(drain(queue)).toHaveLength(WINDOW);
    queue.settle(2);
    expect(drain(queue)).toEqual([['d', 4]]);
  });

  it('settles one event once', () => {
    const queue = queueOf('a');
    drain(queue);
    expect(queue.settle(1)?.event).toBe('a');
    expect(queue.settle(1)).toBeUndefined();
    expect(queue.size).toBe(0);
  });

  it('settles everything up to a mark, and nothing that was not sent', () => {
    const queue = queueOf('a', 'b', 'c');
    queue.next(WINDOW);
    queue.next(WINDOW);
    expect(queue.settleUpTo(9).map((entry) => entry.event)).toEqual(['a', 'b']);
    expect(queue.size).toBe(1);
  });

  it('after a restart gives up what was on its way, keeps the rest, and continues behind the mark', () => {
    const queue = queueOf('a', 'b', 'c');
    queue.next(WINDOW);
    queue.next(WINDOW);
    expect(queue.restart(7).map((entry) => entry.event)).toEqual(['a', 'b']);
    expect(drain(queue)).toEqual([['c', 8]]);
  });

  it('refuses the new event at the cap and keeps the old ones', () => {
    const queue = new EventQueue(2);
    expect(queue.add(event('a')).ok).toBe(true);
    expect(queue.add(event('b')).ok).toBe(true);
    expect(queue.add(event('c'))).toEqual({ ok: false, fault: { code: 'outbox/full', at: 'c' } });
    expect(drain(queue).map(([name]) => name)).toEqual(['a', 'b']);
  });
});
