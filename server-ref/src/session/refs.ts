/**
 * The refs of one client's events. They come without gaps and each is taken once: what comes again is answered, not
 * run again, and a gap means that a frame was refused on its way (rate limit), so the client sends again from there.
 */
export class Refs {
  #seen = 0;
  #done = 0;

  /** Highest ref whose outcome is known: committed, or refused for good. */
  get done(): number {
    return this.#done;
  }

  /** The client's own mark, for a session that never saw it before. */
  start(acked: number): void {
    this.#seen = acked;
    this.#done = acked;
  }

  arrive(ref: number): 'new' | 'again' | 'gap' {
    if (ref <= this.#seen) return 'again';
    if (ref > this.#seen + 1) return 'gap';
    this.#seen = ref;
    return 'new';
  }

  finishAll(): void {
    this.#done = this.#seen;
  }

  finish(ref: number): void {
    this.#done = Math.max(this.#done, ref);
  }
}
