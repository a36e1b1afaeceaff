import type { KeptEvent } from './durable-queue.ts';

/** An event as it is kept. */
export type StoredEvent = Pick<KeptEvent, 'event' | 'params' | 'ref' | 'rule' | 'isPartial'>;

/** The open events of one tab's view, and what it takes to go on with them. Written as a whole: it never contradicts itself. */
export interface StoredStream {
  /** The `client_id`. */
  readonly id: string;
  readonly session: string;
  /** What was mounted. */
  readonly page: { readonly view: string; readonly url: string; readonly params: Readonly<Record<string, string>> };
  /** Address of the tab that shows it; empty when none does. */
  readonly at: string;
  /** Whose it is: `data-dj-epoch` of the page; null when the server names no epochs. */
  readonly epoch: string | null;
  /** Highest ref given out, and the highest one whose outcome is known. */
  readonly ref: number;
  readonly acked: number;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly events: readonly StoredEvent[];
}

/** Where streams outlive their page. All may reject: storage can be full, forbidden or gone. */
export interface OutboxStore {
  save(stream: StoredStream): Promise<unknown>;
  remove(id: string): Promise<unknown>;
  all(): Promise<StoredStream[]>;
  clear(): Promise<unknown>;
}

/** For tests, and where there is no other storage. */
export function memoryStore(): OutboxStore {
  const streams = new Map<string, string>();
  return {
    save: async (stream) => streams.set(stream.id, JSON.stringify(stream)),
    remove: async (id) => streams.delete(id),
    all: async () => [...streams.values()].map((text) => JSON.parse(text) as StoredStream),
    clear: async () => streams.clear(),
  };
}
