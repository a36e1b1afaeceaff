import type { Clock } from './clock.ts';
import { CAPS } from './model/caps.ts';
import { readHeld } from './model/held.ts';
import type { HeldTrace, TraceStore } from './model/trace-store.ts';

/** Entries that are read or written in one go: a few milliseconds. */
const PIECE = 200;
const FORMAT = 'deflate-raw';

/** Takes what an earlier page left. It lay where any script could write, so each piece is checked like a file. */
export async function restoreTrace(store: TraceStore, left: string, clock: Clock): Promise<void> {
  const { past, own } = readLeft(left);
  const take = (value: unknown): void => {
    const held = readHeld(value);
    if (held.ok) store.restore(held.value);
  };
  try {
    for await (const line of unpacked(past)) {
      take(JSON.parse(line));
      await rest(clock);
    }
  } catch {
    // What came before the fault is good.
  }
  take(own);
}

/** Packs what was restored, while there is time, so that the end of the page need not write it out. */
export async function packPast(store: TraceStore, clock: Clock): Promise<void> {
  if (!('CompressionStream' in globalThis)) return;
  const { events, frames, transitions, pages } = store.held;
  const held: HeldTrace = {
    events: [...events],
    frames: [...frames],
    transitions: [...transitions],
    pages: [...pages],
  };
  const before = store.past;
  const { page } = store;
  const lines: string[] = [];
  for (const piece of piecesOf(held)) {
    lines.push(`${JSON.stringify(piece)}\n`);
    await rest(clock);
  }
  const text = await packed(lines);
  // Whoever cleared the list meanwhile wants to see none of it again.
  if (store.past === before && text.length <= CAPS.pastChars) store.past = { text, page };
}

/** Off the main thread, and written so that a storage takes it. */
async function packed(lines: readonly string[]): Promise<string> {
  const stream = new Blob([...lines]).stream().pipeThrough(new CompressionStream(FORMAT));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = '';
  for (let at = 0; at < bytes.length; at += 8_192) binary += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(binary);
}

/** The lines of a packed text; ends early where they are more than any trace has. */
async function* unpacked(text: string): AsyncGenerator<string> {
  if (text === '' || text.length > CAPS.pastChars) return;
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream(FORMAT))
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>);
  const reader = stream.getReader();
  let rest = '';
  let chars = 0;
  for (;;) {
    const { done, value = '' } = await reader.read();
    chars += value.length;
    if (done || chars > CAPS.fileBytes) break;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  await reader.cancel();
}

function* piecesOf({ events, frames, transitions, pages }: HeldTrace): Generator<HeldTrace> {
  const longest = Math.max(events.length, frames.length, transitions.length, pages.length);
  for (let at = 0; at < longest; at += PIECE) {
    const piece = <T>(items: readonly T[]): readonly T[] => items.slice(at, at + PIECE);
    yield { events: piece(events), frames: piece(frames), transitions: piece(transitions), pages: piece(pages) };
  }
}

/** Lets the page have its turn. */
const rest = (clock: Clock): Promise<void> => new Promise((resolve) => void clock.after(0, resolve));

function readLeft(text: string): { past: string; own: unknown } {
  try {
    const { past, own } = JSON.parse(text) as Record<string, unknown>;
    return { past: typeof past === 'string' ? past : '', own };
  } catch {
    return { past: '', own: undefined };
  }
}
