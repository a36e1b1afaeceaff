export { DurableQueue, type KeptEvent, type Policy, type Refusal, type WaitingRule } from './durable-queue.ts';
export { idbStore } from './idb-store.ts';
export { readPolicy, refusal } from './policy.ts';
export { EventQueue, type QueuedEvent } from './queue.ts';
export { memoryStore, type OutboxStore, type StoredEvent, type StoredStream } from './store.ts';
