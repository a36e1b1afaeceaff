import { message, readMessage, type SwMessage } from '../messages.ts';
import { post, told } from './post.ts';

const ANSWER_MS = 5_000;

/** The worker as a page sees it. Messages go to the one that controls the page; without one they are dropped. */
export interface WorkerChannel {
  tell(type: string, fields?: Record<string, unknown>): void;
  /** Undefined when there is no worker, or when it does not answer in time. */
  ask(type: string, fields?: Record<string, unknown>): Promise<unknown>;
  hear(listener: (heard: SwMessage) => void, signal: AbortSignal): void;
}

export function workerChannel(container: ServiceWorkerContainer): WorkerChannel {
  return {
    tell: (type, fields) => post(container.controller, message(type, fields)),
    ask: (type, fields) => askWorker(container.controller, type, fields),
    hear(listener, signal) {
      const onMessage = ({ data }: MessageEvent): void => {
        const heard = readMessage(data);
        if (heard) listener(heard);
      };
      container.addEventListener('message', onMessage, { signal });
    },
  };
}

export function askWorker(
  worker: ServiceWorker | null,
  type: string,
  fields?: Record<string, unknown>,
): Promise<unknown> {
  if (!worker) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(resolve, ANSWER_MS, undefined);
    port1.onmessage = ({ data }) => {
      clearTimeout(timer);
      port1.close();
      const answer = readMessage(data);
      if (answer) told('in', answer);
      resolve(answer?.result);
    };
    post(worker, message(type, fields), [port2]);
  });
}
