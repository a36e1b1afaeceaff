import { expect, it } from 'vitest';
import { CLOSE, type ClosePolicy, closePolicy, LIMITS } from './limits.ts';

it.each<[keyof typeof CLOSE, ClosePolicy]>([
  ['normal', 'retry'],
  ['goingAway', 'retry'],
  ['abnormal', 'retry'],
  ['tooBig', 'retry'],
  ['restart', 'soon'],
  ['tryLater', 'later'],
  ['protocol', 'reload'],
  ['sessionGone', 'stop'],
  ['forbidden', 'stop'],
  ['unknownView', 'reload'],
  ['mountTimeout', 'retry'],
  ['buildMismatch', 'reload'],
  ['limited', 'later'],
])('after a close for %s a client will %s', (name, policy) => {
  expect(closePolicy(CLOSE[name])).toBe(policy);
});

it.each([0, 1005, 1011, 3000, 4000, 4999, Number.NaN])('after the unknown code %s a client tries again', (code) => {
  expect(closePolicy(code)).toBe('retry');
});

it('limits are whole positive numbers', () => {
  for (const [name, value] of Object.entries(LIMITS))
    expect([name, Number.isSafeInteger(value) && value > 0]).toEqual([name, true]);
});

it('limits fit each other', () => {
  expect(LIMITS.maxJsonStringLength).toBeLessThan(LIMITS.maxMessageBytes);
  expect(LIMITS.outboundPauseBytes).toBeLessThan(LIMITS.outboundCloseBytes);
  // A client that pings and waits for the answer is never idle for the server.
  expect(LIMITS.pingIntervalMs + LIMITS.pongTimeoutMs).toBeLessThan(LIMITS.idleTimeoutMs);
  // A reconnect with a full queue is no flood.
  expect(LIMITS.messageBurst).toBeGreaterThanOrEqual(LIMITS.maxMountBatch * 2);
  expect(LIMITS.handlerSlowMs).toBeLessThan(LIMITS.handlerMs);
  expect(LIMITS.backoffMinMs).toBeLessThan(LIMITS.backoffMaxMs);
});
