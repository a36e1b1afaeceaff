import { LIMITS } from '@djust/protocol';
import { expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import type { Transport, TransportEvents } from '../lib/transport.ts';
import { paced } from './paced.ts';

function rig(greeting: object) {
  const sent: unknown[] = [];
  let events: TransportEvents | undefined;
  const inner: Transport = {
    open: (given) => {
      events = given;
      return { send: (data) => sent.push(data) > 0, close: () => {} };
    },
  };
  const clock = new FakeClock();
  const link = paced(inner, clock).open({ opened: () => {}, message: () => {}, closed: () => {} });
  events?.message(JSON.stringify({ type: 'connect', ...greeting }));
  return { sent, clock, link };
}

it('lets a burst through and then one frame at a time, in order', () => {
  const { sent, clock, link } = rig({ session_id: 's' });
  const frames = Array.from({ length: LIMITS.baseBurst + 3 }, (_, i) => `${i}`);
  for (const frame of frames) link.send(frame);
  expect(sent).toHaveLength(LIMITS.baseBurst);
  clock.advance(LIMITS.baseIntervalMs);
  expect(sent).toHaveLength(LIMITS.baseBurst + 1);
  clock.advance(LIMITS.baseIntervalMs * 5);
  expect(sent).toEqual(frames);
});

it('keeps bytes behind the text that was sent before them', () => {
  const { sent, clock, link } = rig({ session_id: 's' });
  for (let i = 0; i < LIMITS.baseBurst; i++) link.send('x');
  const bytes = new Uint8Array([1]);
  link.send('register');
  link.send(bytes);
  expect(sent).toHaveLength(LIMITS.baseBurst);
  clock.advance(LIMITS.baseIntervalMs);
  expect(sent.slice(-2)).toEqual(['register', bytes]);
});

it('holds nothing back from a server with our extensions', () => {
  const { sent, link } = rig({ session_id: 's', ext: { v: 1, features: [] } });
  for (let i = 0; i < 100; i++) link.send('x');
  expect(sent).toHaveLength(100);
});

it('sends nothing more once it is closed', () => {
  const { sent, clock, link } = rig({ session_id: 's' });
  for (let i = 0; i < LIMITS.baseBurst + 1; i++) link.send('x');
  link.close();
  clock.advance(1_000);
  expect(sent).toHaveLength(LIMITS.baseBurst);
});
