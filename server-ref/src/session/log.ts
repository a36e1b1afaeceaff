import { LIMITS } from '@djust/protocol';

/** All frames of one commit, as they went out. */
interface LogEntry {
  readonly version: number;
  readonly frames: readonly string[];
  readonly bytes: number;
}

/**
 * What a session sent and how it answered, so that a client that missed some of it can catch up. Capped; when it is too
 * short for a gap it says so, and the client gets the whole page instead.
 */
export class SessionLog {
  readonly #entries: LogEntry[] = [];
  readonly #answers = new Map<number, string>();
  #bytes = 0;

  add(version: number, frames: readonly string[]): void {
    const bytes = frames.reduce((sum, frame) => sum + frame.length, 0);
    this.#entries.push({ version, frames, bytes });
    this.#bytes += bytes;
    while (this.#entries.length > LIMITS.logFrames || this.#bytes > LIMITS.logBytes) {
      this.#bytes -= this.#entries.shift()?.bytes ?? 0;
    }
  }

  /** Takes the last entry back: its commit failed. */
  drop(version: number): void {
    if (this.#entries.at(-1)?.version === version) this.#bytes -= this.#entries.pop()?.bytes ?? 0;
  }

  /** Forgets all frames: they speak of ids that the page no longer has. Answers stay. */
  clear(): void {
    this.#entries.length = 0;
    this.#bytes = 0;
  }

  /** The frames after `version`, oldest first; undefined when some of them are gone. */
  since(version: number, current: number): string[] | undefined {
    const missed = this.#entries.filter((entry) => entry.version > version);
    return missed.length === current - version ? missed.flatMap((entry) => [...entry.frames]) : undefined;
  }

  /** Remembers an answer that carries no version, for the case that the same event comes again. */
  answer(ref: number, frame: string): void {
    this.#answers.set(ref, frame);
    if (this.#answers.size > LIMITS.logFrames) this.#answers.delete(this.#answers.keys().next().value as number);
  }

  answerTo(ref: number): string | undefined {
    return this.#answers.get(ref);
  }

  /** A refused event came again and is run now; the refusal is not its answer any more. */
  forget(ref: number): void {
    this.#answers.delete(ref);
  }

  answersAfter(ref: number): string[] {
    return [...this.#answers].filter(([answered]) => answered > ref).map(([, frame]) => frame);
  }
}
