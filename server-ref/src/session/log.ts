import { LIMITS } from '@djust/protocol';

/** All frames of one commit, as they went out. */
interface Commit {
  readonly version: number;
  readonly frames: readonly string[];
  readonly bytes: number;
  readonly order: number;
}

/** The answer to an event, when it is no commit: an error, a noop. */
interface Answer {
  readonly frame: string;
  readonly order: number;
}

/**
 * What a session sent and how it answered, so that a client that missed some of it can catch up. Capped; when it is too
 * short for a gap it says so, and the client gets the whole page instead.
 */
export class SessionLog {
  readonly #commits: Commit[] = [];
  /** By ref, oldest first. */
  readonly #answers = new Map<number, Answer>();
  #bytes = 0;
  #count = 0;
  /** Nothing can be replayed to a page of an earlier version. */
  #from = 0;

  add(version: number, frames: readonly string[]): void {
    const bytes = frames.reduce((sum, frame) => sum + frame.length, 0);
    this.#commits.push({ version, frames, bytes, order: this.#count++ });
    this.#bytes += bytes;
    while (this.#commits.length > LIMITS.logFrames || this.#bytes > LIMITS.logBytes) {
      this.#bytes -= this.#commits.shift()?.bytes ?? 0;
    }
  }

  /** Another process showed everything before this version. */
  startAt(version: number): void {
    this.#from = version;
  }

  /** Takes the last commit back: the store did not take it. */
  drop(version: number): void {
    if (this.#commits.at(-1)?.version === version) this.#bytes -= this.#commits.pop()?.bytes ?? 0;
  }

  /** Forgets all commits: they speak of ids that the page no longer has. Answers stay. */
  clear(): void {
    this.#commits.length = 0;
    this.#bytes = 0;
  }

  /** Remembers an answer that carries no version, for the case that the same event comes again. */
  answer(ref: number, frame: string): void {
    this.#answers.delete(ref);
    this.#answers.set(ref, { frame, order: this.#count++ });
    if (this.#answers.size > LIMITS.logFrames) this.#answers.delete(this.#answers.keys().next().value as number);
  }

  answerTo(ref: number): string | undefined {
    return this.#answers.get(ref)?.frame;
  }

  /** The errors among the answers: what is neither there nor in a patch went well. */
  get failures(): [ref: number, frame: string][] {
    const failed: [number, string][] = [];
    for (const [ref, { frame }] of this.#answers) if (frame.startsWith('{"type":"error"')) failed.push([ref, frame]);
    return failed;
  }

  answersAfter(ref: number): string[] {
    return this.#answersAbove(ref).map(({ frame }) => frame);
  }

  /**
   * What a client at `version` missed, in the order in which it was sent: an acknowledgement must not overtake the error
   * of an earlier event. Undefined when some of it is gone.
   */
  replay(version: number, current: number, acked: number): string[] | undefined {
    if (version < this.#from) return undefined;
    const missed = this.#commits.filter((commit) => commit.version > version);
    if (missed.length !== current - version) return undefined;
    const answers = this.#answersAbove(acked).map(({ frame, order }) => ({ frames: [frame], order }));
    return [...missed, ...answers].sort((a, b) => a.order - b.order).flatMap(({ frames }) => frames);
  }

  #answersAbove(ref: number): Answer[] {
    return [...this.#answers].filter(([answered]) => answered > ref).map(([, answer]) => answer);
  }
}
