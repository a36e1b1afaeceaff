import { describe, expect, it } from 'vitest';
import { anEvent, NOW } from '../../test/events.ts';
import type { DebugFrame } from './entries.ts';
import { DEFAULT_RULE } from './redact.ts';
import { readTraceFile, writeTraceFile } from './trace-file.ts';
import type { HeldTrace } from './trace-store.ts';

const SECRETS = ['hunter2-and-more', 'sk_live_51Hx"quoted', '078-05-1120', '4711471147'];
const aFrame = (frame: object, fields: Partial<DebugFrame> = {}): DebugFrame => ({
  id: 9,
  page: 1,
  at: NOW,
  direction: 'in',
  type: 'patch',
  text: JSON.stringify(frame),
  bytes: 10,
  connection: 1,
  ...fields,
});

const held: HeldTrace = {
  events: [
    anEvent({ params: { user: 'ada', password: SECRETS[0] ?? '', card: { api_key: SECRETS[1] ?? '' } } }),
    anEvent({ id: 2, name: 'change', params: { field: 'user_ssn', value: SECRETS[2] ?? '' } }),
    anEvent({
      id: 3,
      params: { n: 1 },
      status: 'error',
      error: { code: 'event/failed', message: '', traceback: `Error: ${SECRETS[0]}` },
    }),
  ],
  frames: [
    aFrame({ type: 'patch', ops: [[0, '1', `Hello ${SECRETS[0]}`]] }),
    aFrame({ type: 'event', event: 'save', params: { password: SECRETS[0] } }, { direction: 'out', type: 'event' }),
    aFrame({ type: 'error', debug_detail: `key ${SECRETS[1]}` }),
  ],
  transitions: [{ at: NOW, page: 1, from: 'live', to: 'closed', code: 1006, reason: SECRETS[3] }],
  pages: [{ page: 1, at: NOW, url: `/reset?token=${SECRETS[3]}&tab=1`, how: 'load' }],
};
const origin = { app: 'localhost', ua: 'test', exportedAt: '2026-01-01' };

describe('a session file', () => {
  it('is read as it was written', async () => {
    const read = await readTraceFile(await writeTraceFile(held, '', origin));
    expect(read).toMatchObject({ ok: true, value: { trace: held, app: 'localhost', redaction: { count: 0 } } });
  });

  it('has nothing of what was on the page and came from a secret, nor a copy of it', async () => {
    const before = { 'text 1': 'only-ever-shown', 'text 2': 'Rome' };
    const why = { 'text 1': 'account.password', 'text 2': 'city' };
    const frames = [aFrame({ type: 'patch' }, { before, why }), aFrame({ ops: [[0, '3', 'it is only-ever-shown']] })];
    const text = await writeTraceFile({ ...held, frames }, DEFAULT_RULE, origin);
    expect(text).not.toContain('only-ever-shown');
    expect(JSON.parse(text).trace.frames[0].before).toEqual({ 'text 1': '[redacted]', 'text 2': 'Rome' });
  });

  it('has none of the values that the rule names, wherever they stand', async () => {
    const text = await writeTraceFile(held, DEFAULT_RULE, origin);
    for (const secret of SECRETS) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
    }
    // Deep in a frame it stands in a text within a text.
    for (const { text: frame } of JSON.parse(text).trace.frames)
      for (const secret of SECRETS)
        expect(JSON.stringify(JSON.parse(frame))).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(text).toContain('ada');
    const read = await readTraceFile(text);
    expect(read).toMatchObject({ ok: true, value: { redaction: { count: 5 } } });
  });

  it('has all of them without the rule: the control', async () => {
    const text = await writeTraceFile(held, '', origin);
    for (const secret of SECRETS)
      expect(JSON.stringify(JSON.parse(text))).toContain(
        JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1).slice(0, 6),
      );
  });

  it('keeps what the server told, without the changes of secret fields', async () => {
    const server = {
      startedAt: 5,
      stateBytes: 80,
      spans: [{ name: 'handler', at: 1, ms: 2, children: [] }],
      delta: [
        { path: 'user.salary', before: '"forty-two thousand"', after: '51000123' },
        { path: 'user.name', before: '"ada"', after: '"forty-two thousand"' },
      ],
    };
    const told: HeldTrace = { ...held, events: [anEvent({ server })] };
    const whole = await readTraceFile(await writeTraceFile(told, '', origin));
    expect(whole.ok && whole.value.trace.events[0]?.server).toEqual(server);
    const text = await writeTraceFile(told, 'salary', origin);
    for (const secret of ['forty-two', '51000123']) expect(text).not.toContain(secret);
    const read = await readTraceFile(text);
    expect(read.ok && read.value.trace.events[0]?.server?.spans).toEqual(server.spans);
  });

  it('takes everything out when the rule cannot be read', async () => {
    expect(await writeTraceFile(held, '(', origin)).not.toContain('ada');
  });

  it.each([
    ['no JSON', 'no JSON', (): string => '{'],
    ['another format', 'no session', (): string => '{"format":"har","v":1}'],
    ['a later version', 'version 2', (text: string): string => text.replace('"v":1', '"v":2')],
    ['a changed byte', 'checksum', (text: string): string => text.replace('"name":"save"', '"name":"save!"')],
    [
      'an event without a name',
      '/events/0',
      (text: string): string => JSON.stringify({ ...JSON.parse(text), sha256: '', trace: { events: [{ id: 1 }] } }),
    ],
    [
      'lists that are none',
      '/frames/0',
      (text: string): string => JSON.stringify({ ...JSON.parse(text), sha256: '', trace: { frames: 'x' } }),
    ],
  ])('is refused with a reason: %s', async (_, reason, spoil) => {
    const read = await readTraceFile(spoil(await writeTraceFile(held, '', origin)));
    expect(read).toMatchObject({ ok: false, fault: expect.stringContaining(reason) });
  });

  it('brings in no field that it does not know, and none of a wrong type', async () => {
    const trace = {
      events: [{ ...anEvent(), status: 'ok', ref: '<img>', onclick: 'x', __proto__: { polluted: true } }],
    };
    const read = await readTraceFile(JSON.stringify({ format: 'djtrace', v: 1, trace }));
    const [event] = read.ok ? read.value.trace.events : [];
    expect(event).toEqual(anEvent());
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
