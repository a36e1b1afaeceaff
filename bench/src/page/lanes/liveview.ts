import { Socket } from 'phoenix';
import { LiveSocket } from 'phoenix_live_view';
import type { Lane, Stage } from '../lane.ts';

/** Must be what the client says of itself, or it complains on every join. */
const VERSION = '1.2.12';

/** What `LiveSocket` keeps to itself: a page has its views from the start and needs none of this. */
interface Internals {
  joinRootViews(): boolean;
  destroyViewByEl(element: Element): void;
  getRootById(id: string): { isJoinPending(): boolean } | undefined;
}

type Message = [joinRef: string, ref: string, topic: string, event: string, payload: unknown];

/** Answers at once, in the page. The client notices no difference to a WebSocket but the speed. */
class InstantTransport {
  static current: InstantTransport | undefined;
  /** What the next view that joins shows. */
  static join = '';
  /** By topic. */
  static readonly joinRefs = new Map<string, string>();

  readyState = 0;
  onopen: (() => void) | undefined;
  onmessage: ((event: { data: string }) => void) | undefined;

  constructor() {
    InstantTransport.current = this;
    queueMicrotask(() => {
      this.readyState = 1;
      this.onopen?.();
    });
  }

  send(text: string): void {
    const [joinRef, ref, topic, event] = JSON.parse(text) as Message;
    let response = '{}';
    if (event === 'phx_join') {
      InstantTransport.joinRefs.set(topic, joinRef);
      response = `{"rendered":${InstantTransport.join},"liveview_version":"${VERSION}"}`;
    }
    const head = JSON.stringify([joinRef, ref, topic, 'phx_reply']).slice(0, -1);
    const data = `${head},{"status":"ok","response":${response}}]`;
    queueMicrotask(() => this.onmessage?.({ data }));
  }

  close(): void {}
}

let socket: (LiveSocket & Internals) | undefined;
let mounts = 0;

/** The real client of LiveView on an instant transport; from the text of the push. */
export const liveview: Lane = {
  // No more are made, see `server/fixture.ts`.
  messages: 4,

  async mount(root, stage) {
    // As long as the ids that the real server gives.
    root.id = `phx-GDx${String(++mounts).padStart(13, '0')}`;
    root.dataset.phxSession = 'session';
    root.dataset.phxStatic = 'static';
    InstantTransport.join = stage.fixture.liveview.join;
    if (socket) {
      socket.joinRootViews();
    } else {
      socket = new LiveSocket('/live', Socket, { transport: InstantTransport }) as LiveSocket & Internals;
      socket.connect();
    }
    for (let turn = 0; socket.getRootById(root.id)?.isJoinPending() ?? true; turn++) {
      if (turn > 100) throw new Error('the view does not join');
      await new Promise((done) => setTimeout(done, 1));
    }
  },

  prepare(root, stage, count) {
    const transport = InstantTransport.current as InstantTransport;
    return messagesFor(root, stage, count).map((data) => () => transport.onmessage?.({ data }));
  },

  async unmount(root) {
    socket?.destroyViewByEl(root);
    // Lets the channel leave.
    await new Promise((done) => setTimeout(done, 0));
  },
};

function messagesFor(root: HTMLElement, { fixture }: Stage, count: number): string[] {
  const topic = `lv:${root.id}`;
  const joinRef = InstantTransport.joinRefs.get(topic) ?? '';
  // Joined: one flat string, as it comes from a socket.
  return fixture.liveview.diffs
    .slice(0, count)
    .map((diff) => [`["${joinRef}",null,"${topic}","diff",`, diff, ']'].join(''));
}
