export { EventQueue, type QueuedEvent } from './queue.ts';
