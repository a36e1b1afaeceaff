import { describe, expect, it } from 'vitest';
import { settled } from '../../test/fake-clock.ts';
import { memoryBus } from './bus.ts';
import { memoryPresence } from './presence.ts';

describe('a bus', () => {
  it('delivers in order, to each subscriber, and never within the call', async () => {
    const bus = memoryBus();
    const heard: unknown[] = [];
    bus.subscribe('a', (message) => heard.push(['one', message.n]));
    bus.subscribe('a', (message) => heard.push(['two', message.n]));
    bus.subscribe('b', () => heard.push('other topic'));
    bus.publish('a', { n: 1 });
    bus.publish('a', { n: 2 });
    expect(heard).toEqual([]);
    await settled();
    expect(heard).toEqual([
      ['one', 1],
      ['two', 1],
      ['one', 2],
      ['two', 2],
    ]);
  });

  it('ends a subscription, however often that is said, and keeps the others', async () => {
    const bus = memoryBus();
    const heard: string[] = [];
    const end = bus.subscribe('a', () => heard.push('one'));
    bus.subscribe('a', () => heard.push('two'));
    end();
    end();
    bus.publish('a', {});
    bus.publish('nobody', {});
    await settled();
    expect(heard).toEqual(['two']);
  });
});

describe('presence', () => {
  it('lists who is there, and tells when that changes', async () => {
    const bus = memoryBus();
    const presence = memoryPresence(bus);
    const told: unknown[] = [];
    bus.subscribe('presence:room', (message) => told.push(message.present));
    const leave = presence.join('room', 's1', { name: 'ann' });
    presence.join('room', 's2', { name: 'bob' });
    leave();
    leave();
    await settled();
    const [ann, bob] = [
      { name: 'ann', session: 's1' },
      { name: 'bob', session: 's2' },
    ];
    expect(told).toEqual([[ann], [ann, bob], [bob]]);
    expect(presence.list('room')).toEqual([bob]);
    expect(presence.list('empty')).toEqual([]);
  });
});
