import { LIMITS } from '@djust/protocol';

/** Does one thing after the other. What fails is told to whoever asked for it, and the next one follows. */
export class TaskQueue {
  #tail: Promise<void> = Promise.resolve();
  #size = 0;
  #isClosed = false;

  /** Callers that can refuse ask this first; the queue itself takes everything. */
  get isFull(): boolean {
    return this.#size >= LIMITS.sessionQueue;
  }

  get isIdle(): boolean {
    return this.#size === 0;
  }

  /** Runs `task` when all earlier ones are done, or not at all once the queue is closed. */
  run<T>(task: () => Promise<T>): Promise<T | undefined> {
    this.#size++;
    const done = this.#tail.then(() => (this.#isClosed ? undefined : task())).finally(() => this.#size--);
    this.#tail = done.then(
      () => {},
      () => {},
    );
    return done;
  }

  /** Starts nothing any more; resolves when what runs is done. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.#tail;
  }
}
