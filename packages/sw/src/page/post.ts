import { TAP, type TapHub } from '@djust/protocol';
import type { SwMessage } from '../messages.ts';

declare const __DEV__: boolean;

/** Lets an open debug panel see what was said. Development only. */
export function told(direction: 'out' | 'in', said: SwMessage): void {
  if (__DEV__) (globalThis as { [TAP]?: TapHub })[TAP]?.worker?.(direction, said);
}

/** Tells a worker something; without one it is dropped. */
export function post(
  worker: ServiceWorker | null | undefined,
  said: SwMessage,
  ports: readonly MessagePort[] = [],
): void {
  if (!worker) return;
  told('out', said);
  worker.postMessage(said, [...ports]);
}
