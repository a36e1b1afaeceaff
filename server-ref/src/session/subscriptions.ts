import type { JsonObject } from '@djust/protocol';
import type { Bus } from '../bus/bus.ts';
import { type Presence, presenceTopic } from '../bus/presence.ts';
import type { Clock } from '../clock.ts';
import type { SessionRecord } from '../state/store.ts';
import type { MountRequests } from './context.ts';

/** What reaches a session from elsewhere: topics for its whole life, presence and ticks while a browser is attached. */
export class Subscriptions implements MountRequests {
  readonly #services: { bus: Bus; presence: Presence; clock: Clock };
  readonly #sessionId: string;
  readonly #receive: (topic: string, message: JsonObject) => void;
  readonly #topics = new Map<string, () => void>();
  readonly #presences = new Map<string, JsonObject>();
  #attached: (() => void)[] = [];
  #isEnded = false;

  constructor(
    services: { bus: Bus; presence: Presence; clock: Clock },
    sessionId: string,
    receive: (topic: string, message: JsonObject) => void,
  ) {
    this.#services = services;
    this.#sessionId = sessionId;
    this.#receive = receive;
  }

  /** A `mount` that was given up may still call this. */
  subscribe(topic: string): void {
    if (this.#isEnded) return;
    this.#topics.get(topic)?.();
    this.#topics.set(
      topic,
      this.#services.bus.subscribe(topic, (message) => this.#receive(topic, message)),
    );
  }

  present(topic: string, meta: JsonObject): void {
    this.#presences.set(topic, meta);
    this.subscribe(presenceTopic(topic));
  }

  /** What another process needs to go on. */
  get record(): Pick<SessionRecord, 'topics' | 'presences'> {
    return { topics: [...this.#topics.keys()], presences: [...this.#presences] };
  }

  restore({ topics, presences }: Pick<SessionRecord, 'topics' | 'presences'>): void {
    for (const topic of topics) this.subscribe(topic);
    for (const [topic, meta] of presences) this.#presences.set(topic, meta);
  }

  /** A browser is there. `tick.run` is awaited before the next wait begins, so slow ticks do not pile up. */
  attached(tick: { everyMs: number; run: () => Promise<void> } | undefined): void {
    this.detached();
    for (const [topic, meta] of this.#presences) {
      this.#attached.push(this.#services.presence.join(topic, this.#sessionId, meta));
    }
    if (!tick) return;
    let cancel = (): void => {};
    let isOver = false;
    const wait = (): void => {
      if (!isOver) cancel = this.#services.clock.after(tick.everyMs, () => void tick.run().then(wait));
    };
    this.#attached.push(() => {
      isOver = true;
      cancel();
    });
    wait();
  }

  detached(): void {
    for (const stop of this.#attached.splice(0)) stop();
  }

  end(): void {
    this.#isEnded = true;
    this.detached();
    for (const stop of this.#topics.values()) stop();
    this.#topics.clear();
  }
}
