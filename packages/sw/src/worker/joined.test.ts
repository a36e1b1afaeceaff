import { describe, expect, it } from 'vitest';
import { joined } from './joined.ts';

type Bytes = Uint8Array<ArrayBuffer>;
const bytes = (text: string): Bytes => new TextEncoder().encode(text);

/** A body that notes how far it was read, and why it was given up. */
function body(parts: readonly string[], fault?: Error) {
  const notes = { pulled: 0, cancelled: undefined as unknown };
  const stream = new ReadableStream<Bytes>(
    {
      pull(controller) {
        const part = parts[notes.pulled++];
        if (part !== undefined) controller.enqueue(bytes(part));
        else if (fault) controller.error(fault);
        else controller.close();
      },
      cancel: (reason) => {
        notes.cancelled = reason;
      },
    },
    { highWaterMark: 0 },
  );
  return { notes, stream };
}

const text = (stream: ReadableStream<Bytes>): Promise<string> => new Response(stream).text();

describe('a page out of three parts', () => {
  it('is head, middle and tail, and is done when all is read', async () => {
    const { stream, done } = joined(bytes('<head>'), async () => body(['a', 'b']).stream, bytes('<tail>'));
    expect(await text(stream)).toBe('<head>ab<tail>');
    await done;
  });

  it('has its head before anybody knows the middle', async () => {
    let resolve = (_: string): void => {};
    const middle = new Promise<string>((done) => {
      resolve = done;
    });
    const reader = joined(bytes('<head>'), () => middle, bytes('<tail>')).stream.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('<head>');
    resolve('late');
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('late');
  });

  it('may have a text for its middle, an empty one too', async () => {
    expect(await text(joined(bytes('<'), async () => '', bytes('>')).stream)).toBe('<>');
  });

  it('is read no faster than somebody reads it', async () => {
    const { notes, stream: middle } = body(Array(100).fill('x'));
    const reader = joined(bytes('<'), async () => middle, bytes('>')).stream.getReader();
    for (let read = 0; read < 5; read++) await reader.read();
    expect(notes.pulled).toBeLessThan(10);
  });

  it.each([0, 1, 3])('gives the middle up when it is left after %i parts', async (reads) => {
    const { notes, stream: middle } = body(Array(100).fill('x'));
    const { stream, done } = joined(bytes('<'), async () => middle, bytes('>'));
    const reader = stream.getReader();
    for (let read = 0; read < reads; read++) await reader.read();
    await reader.cancel('left');
    await done;
    expect(notes.cancelled).toBe('left');
  });

  it('ends where its middle breaks off, and is not kept then', async () => {
    const { stream, done } = joined(bytes('<'), async () => body(['a'], new Error('cut')).stream, bytes('>'));
    expect(await text(stream)).toBe('<a<template dj-no-cache></template>');
    await done;
  });
});
