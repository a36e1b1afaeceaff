import { EXT_VERSION, FEATURES, type MountFrame } from '@djust/protocol';
import { WebSocket } from 'ws';
import type { Random } from '../random.ts';

/** As many as the server takes from one address. */
const PER_ADDRESS = 50;
/** How many handshakes are under way at once. */
const AT_ONCE = 100;
const NS_PER_MS = 1e6;

interface Member {
  readonly socket: WebSocket;
  count: number;
  ref: number;
  /** When each event that has no answer yet was sent, by its ref. */
  readonly sentAt: Map<number, bigint>;
}

/** Many visitors in one process: they mount a view, look at it, and now and then one presses the button. */
export class Crowd {
  readonly #members: Member[] = [];
  readonly #origin: string;
  /** From the sending of an event to the arrival of its answer, in milliseconds. */
  readonly latencies: number[] = [];
  /** Answers that showed another number than the visitor expected. */
  wrong = 0;

  constructor(port: number) {
    this.#origin = `http://127.0.0.1:${port}`;
  }

  get size(): number {
    return this.#members.length;
  }

  async grow(to: number): Promise<void> {
    let next = this.size;
    const one = async (): Promise<void> => {
      while (next < to) this.#members.push(await this.#join(next++));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  }

  /** Events by anybody, at an even pace. Resolves when all have their answer. */
  async press(perSecond: number, seconds: number, random: Random): Promise<void> {
    this.latencies.length = 0;
    const startedAt = process.hrtime.bigint();
    const all = perSecond * seconds;
    for (let sent = 0; sent < all; ) {
      const due = Math.min(all, Math.floor((Number(process.hrtime.bigint() - startedAt) / 1e9) * perSecond));
      for (; sent < due; sent++) this.#event(this.#members[random.int(this.size)] as Member);
      await new Promise((done) => setTimeout(done, 1));
    }
    while (this.#members.some(({ sentAt }) => sentAt.size > 0)) await new Promise((done) => setTimeout(done, 5));
  }

  leave(): void {
    for (const { socket } of this.#members) socket.terminate();
  }

  #event(member: Member): void {
    const ref = ++member.ref;
    member.sentAt.set(ref, process.hrtime.bigint());
    member.socket.send(JSON.stringify({ type: 'event', event: 'add', params: { by: 1 }, ref }));
  }

  #join(number: number): Promise<Member> {
    const at = Math.floor(number / PER_ADDRESS);
    const localAddress = `127.1.${at >> 8}.${(at & 255) + 1}`;
    const socket = new WebSocket(`${this.#origin.replace('http', 'ws')}/ws/live/`, {
      origin: this.#origin,
      localAddress,
      perMessageDeflate: false,
    });
    const member: Member = { socket, count: 0, ref: 0, sentAt: new Map() };
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('close', (code) => reject(new Error(`visitor ${number} was sent away with ${code}`)));
      socket.on('message', (data) => {
        const frame = JSON.parse(String(data)) as { type: string; ref?: number; ops?: unknown[] };
        if (frame.type === 'connect') socket.send(JSON.stringify(mountFrame(number)));
        else if (frame.type === 'mount') resolve(member);
        else if (frame.ref !== undefined) this.#answered(member, frame);
        else if (frame.type === 'error') reject(new Error(String(data)));
      });
    });
  }

  #answered(member: Member, frame: { ref?: number; ops?: unknown[] }): void {
    const sentAt = member.sentAt.get(frame.ref as number);
    if (sentAt === undefined) return;
    member.sentAt.delete(frame.ref as number);
    this.latencies.push(Number(process.hrtime.bigint() - sentAt) / NS_PER_MS);
    if (!JSON.stringify(frame.ops).includes(`"${++member.count}"`)) this.wrong++;
  }
}

const mountFrame = (number: number): MountFrame => ({
  type: 'mount',
  view: 'load.counter',
  url: '/',
  params: {},
  ext: {
    v: EXT_VERSION,
    features: FEATURES,
    client_id: `visitor-${number}`,
    session: null,
    version: 0,
    ref: 0,
    acked: 0,
  },
});
