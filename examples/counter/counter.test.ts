import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WebSocket from 'ws';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let app: ChildProcess;
let origin: string;

beforeAll(async () => {
  app = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', 'examples/counter/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(app.stdout as NodeJS.ReadableStream, 'data');
  origin = /http:\S+/.exec(String(line))?.[0] ?? '';
}, 30_000);

afterAll(() => {
  app.kill();
});

test('the page shows the count, and includes the client', async () => {
  const page = await (await fetch(origin)).text();
  expect(page).toMatch(/<h1[^>]*>0<\/h1>/);
  expect(page).toContain('<script src="/djust/djust.min.js" defer');
});

test('a click changes the count', async () => {
  const page = await (await fetch(origin)).text();
  const session = /data-dj-session="([^"]+)"/.exec(page)?.[1];
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws/live/`, { origin });
  const frames: { type: string; ops?: unknown }[] = [];
  const patched = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data));
      frames.push(frame);
      if (frame.type === 'connect') {
        const ext = {
          v: 1,
          features: ['ack', 'adopt', 'ops'],
          client_id: 'a-test-of-it',
          session,
          version: 1,
          ref: 0,
          acked: 0,
        };
        socket.send(JSON.stringify({ type: 'mount', view: 'demo.counter', url: '/', params: {}, ext }));
        socket.send(JSON.stringify({ type: 'event', event: 'increment', params: {}, ref: 1 }));
      }
      if (frame.type === 'patch') resolve();
    });
  });
  await patched;
  socket.close();
  // One operation: a text.
  expect(frames.at(-1)?.ops).toEqual([[0, expect.any(String), '1']]);
});

test('the README shows this very file', async () => {
  const source = await readFile(new URL('main.ts', import.meta.url), 'utf8');
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
  expect(blocks).toContain(source);
});
