import { LIMITS } from '@djust/protocol';
import { describe, expect, it } from 'vitest';
import { DurableQueue, type KeptEvent, type Refusal } from './durable-queue.ts';
import { readPolicy, refusal } from './policy.ts';

const make = (event: string, more: Partial<KeptEvent> = {}): KeptEvent => ({
  event,
  params: {},
  ref: undefined,
  isSent: false,
  ...more,
});

function rig(check: (entry: KeptEvent) => Refusal | undefined = () => undefined) {
  const refused: [string, Refusal][] = [];
  const queue = new DurableQueue(check, ({ event }, reason) => refused.push([event, reason]));
  const sent = (): (string | number)[] => {
    const all: (string | number)[] = [];
    for (let next = queue.next(40); next; next = queue.next(40)) all.push(next.event, next.ref);
    return all;
  };
  return { queue, refused, sent };
}

describe('a queue that goes on where another page was', () => {
  it('numbers anew what the server has not seen, in the same order', () => {
    const { queue, sent } = rig();
    queue.restore([make('a', { ref: 4 }), make('b', { ref: 5 }), make('c')], { ref: 5, isOurs: true });
    queue.add(make('d'));
    queue.rebase(4);
    expect(sent()).toEqual(['a', 4, 'b', 5, 'c', 6, 'd', 7]);
  });

  it('takes an event for sent whose ref could not be written down any more', () => {
    const { queue, sent } = rig();
    queue.restore([make('a', { ref: 1 }), make('b'), make('c')], { ref: 1, isOurs: true });
    // The server has taken one more than was written down: that was b.
    queue.rebase(2);
    expect(queue.settleUpTo(2).map(({ event }) => event)).toEqual(['a', 'b']);
    expect(sent()).toEqual(['c', 3]);
  });

  it('begins behind what the server took of events that were not stored at all', () => {
    const { queue, sent } = rig();
    queue.restore([], { ref: 3, isOurs: true });
    queue.rebase(5);
    queue.add(make('new'));
    expect(sent()).toEqual(['new', 6]);
  });

  it('lets nobody wait for an event whose parameters were not kept', () => {
    const { queue, refused, sent } = rig();
    queue.restore(
      [make('seen', { ref: 1, isPartial: true }), make('unseen', { ref: 2, isPartial: true }), make('b', { ref: 3 })],
      { ref: 3, isOurs: true },
    );
    queue.rebase(1);
    expect(sent()).toEqual(['b', 2]);
    expect(refused).toEqual([['unseen', 'session/lost']]);
    expect(queue.settleUpTo(1).map(({ event }) => event)).toEqual(['seen']);
  });

  it('gives what was surely never sent to another session of the same user, and to nobody else', () => {
    for (const isOurs of [true, false]) {
      const { queue, sent } = rig();
      queue.restore([make('doubt', { ref: 1 }), make('unsent')], { ref: 1, isOurs });
      const lost = queue.restart(0).map(({ event }) => event);
      expect(lost).toEqual(isOurs ? ['doubt'] : ['doubt', 'unsent']);
      expect(sent()).toEqual(isOurs ? ['unsent', 1] : []);
    }
  });
});

describe('at the cap', () => {
  it('refuses what is more than it keeps, by size, and keeps the earlier ones', () => {
    const { queue } = rig();
    const text = 'x'.repeat(LIMITS.outboxChars / 2);
    expect(queue.add(make('a', { params: { text } })).ok).toBe(true);
    expect(queue.add(make('b', { params: { text } }))).toMatchObject({ ok: false, fault: { code: 'outbox/full' } });
    expect(queue.size).toBe(1);
  });
});

describe('rules', () => {
  const rule = { policy: 'queue', expiresAt: 100, isLate: true } as const;

  it('are read from an attribute', () => {
    expect(readPolicy('', 'save', {}).key).toBeUndefined();
    expect(readPolicy('anything', 'save', {}).key).toBeUndefined();
    expect(readPolicy('drop', 'save', {})).toEqual({ policy: 'drop' });
    expect(readPolicy('latest', 'save', {})).toEqual({ policy: 'latest', key: 'save' });
    expect(readPolicy('coalesce:id', 'save', { id: 7 })).toEqual({ policy: 'coalesce', key: 'save7' });
    expect(readPolicy('coalesce', 'save', { field: 'name' })).toEqual({ policy: 'coalesce', key: 'save"name"' });
  });

  it('let an event expire, and what was sent stay', () => {
    const { queue, refused } = rig();
    const isOld = (entry: KeptEvent): boolean => refusal(entry, { now: 100 }) !== undefined;
    queue.add(make('old', { rule }));
    queue.add(make('young', { rule: { ...rule, expiresAt: 101 } }));
    queue.add(make('sent', { rule, ref: 1 }));
    queue.refuse(isOld, 'outbox/expired');
    expect(refused).toEqual([['old', 'outbox/expired']]);
    expect(queue.size).toBe(2);
  });

  it('ask before an event is sent late, and go on with the next one', () => {
    const asked: string[] = [];
    const ask = (question: string): boolean => {
      asked.push(question);
      return false;
    };
    const { queue, refused, sent } = rig((entry) => refusal(entry, { now: 0, ask }));
    queue.add(make('pay', { rule: { ...rule, question: 'Pay?' } }));
    queue.add(make('pay_now', { rule: { ...rule, question: 'Pay now?', isLate: false } }));
    expect(sent()).toEqual(['pay_now', 1]);
    expect(asked).toEqual(['Pay?']);
    expect(refused).toEqual([['pay', 'cancelled']]);
  });
});
