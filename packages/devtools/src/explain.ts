import type { Ops } from '@djust/protocol';
import { beforeOf } from './model/before.ts';
import { CAPS } from './model/caps.ts';
import type { Digest, Source } from './model/digest.ts';
import type { DebugFrame } from './model/entries.ts';
import { parseFrame } from './model/frame-text.ts';
import type { RawEntry } from './model/raw.ts';
import type { TraceStore } from './model/trace-store.ts';

type More = Pick<DebugFrame, 'before' | 'why'>;

/** Who writes down what happens. */
interface Writer {
  readonly digest: Digest;
  readonly store: TraceStore;
  write(entry: { kind: 'more'; version: number; records: readonly MutationRecord[] }): void;
}

const NOTED: MutationObserverInit = {
  subtree: true,
  childList: true,
  characterDataOldValue: true,
  attributeOldValue: true,
};

/** While somebody looks, frames are known with what they wrote over, and with the values of the template behind it. */
export function explain(recorder: Writer, signal: AbortSignal): void {
  if (signal.aborted) return;
  recorder.digest.explain = (entry) => read(recorder, entry);
  const changes = new MutationObserver(() => {});
  // It looks on while a patch is put in place, and never else.
  let startedAt = Number.NEGATIVE_INFINITY;
  let count = 0;
  let isNoting = false;
  document.addEventListener(
    'djust:before-patch',
    ({ timeStamp }) => {
      if (timeStamp - startedAt >= 1_000) [startedAt, count] = [timeStamp, 0];
      // Nobody reads hundreds of them a second, and each takes its time in the middle of a patch.
      isNoting = count++ < CAPS.beforePerSecond;
      if (isNoting) changes.observe(document.body, NOTED);
    },
    { signal },
  );
  document.addEventListener(
    'djust:patched',
    (event) => {
      if (!isNoting) return;
      const { version } = (event as CustomEvent<{ version: number }>).detail;
      const records = changes.takeRecords().slice(0, CAPS.beforeRecords);
      changes.disconnect();
      if (records.length > 0) recorder.write({ kind: 'more', version, records });
    },
    { signal },
  );
}

function read({ digest, store }: Writer, entry: RawEntry & { kind: 'more' }): void {
  if ('records' in entry) {
    const source = digest.frameOf(entry.version);
    const ops = source?.parsed.ops;
    if (source && Array.isArray(ops)) add(store, source, { before: beforeOf(entry.records, ops as Ops) });
    return;
  }
  const { version, why } = (parseFrame(entry.text) ?? {}) as { version?: number; why?: unknown };
  const source = digest.frameOf(version ?? Number.NaN);
  if (source) add(store, source, { why: readReasons(why) });
}

function add({ frames }: TraceStore, { frame }: Source, more: More): void {
  const chars = charsOf(more.before) + charsOf(more.why);
  if (chars === 0) return;
  Object.assign(frame, more, { moreChars: (frame.moreChars ?? 0) + chars });
  // It may be let go already.
  if (frames.items.lastIndexOf(frame) >= 0) frames.grow(2 * chars);
}

function charsOf(texts: Readonly<Record<string, string>> = {}): number {
  return Object.entries(texts).reduce((sum, [name, text]) => sum + name.length + text.length, 0);
}

/** Names of values by the operation that they are behind. */
function readReasons(value: unknown): Readonly<Record<string, string>> | undefined {
  if (!Array.isArray(value)) return undefined;
  const pairs = value.slice(0, MOST_REASONS).filter((pair): pair is [string, string] => {
    const [target, name] = Array.isArray(pair) ? pair : [];
    return typeof target === 'string' && typeof name === 'string' && target.length + name.length <= MOST_REASON;
  });
  return Object.fromEntries(pairs);
}

const MOST_REASONS = 200;
const MOST_REASON = 400;
