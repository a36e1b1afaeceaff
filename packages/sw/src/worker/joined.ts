type Bytes = Uint8Array<ArrayBuffer>;

/** A page that is not whole is not kept. */
const TORN: Bytes = new TextEncoder().encode('<template dj-no-cache></template>');

/**
 * One body out of three: the head now, the middle when it is known, the tail when the middle is through. It reads only as
 * fast as the page does, and a page that is left cancels the request behind it. When the middle breaks off, the body ends
 * there: a browser throws away what it has not shown yet of a body that fails, and on a busy machine that is all of it.
 * @returns `done` when nothing more will come, however it ended
 */
export function joined(
  head: Bytes,
  middle: () => Promise<ReadableStream<Bytes> | string>,
  tail: Bytes,
): { stream: ReadableStream<Bytes>; done: Promise<void> } {
  let finish = (): void => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let reading: Promise<ReadableStreamDefaultReader<Bytes>> | undefined;
  const open = async (): Promise<ReadableStreamDefaultReader<Bytes>> => {
    const part = await middle();
    return (typeof part === 'string' ? (new Response(part).body as ReadableStream<Bytes>) : part).getReader();
  };
  const stream = new ReadableStream<Bytes>({
    start: (controller) => controller.enqueue(head),
    async pull(controller) {
      try {
        reading ??= open();
        const { value } = await (await reading).read();
        if (value) return controller.enqueue(value);
        controller.enqueue(tail);
      } catch {
        controller.enqueue(TORN);
      }
      controller.close();
      finish();
    },
    async cancel(reason) {
      finish();
      // Opened even now, so that the answer that is on its way is cancelled as well.
      reading ??= open();
      await (await reading).cancel(reason).catch(() => {});
    },
  });
  return { stream, done };
}
