import { describe, expect, it } from 'vitest';
import { isFrame, isOp, loadFixtures } from '../fixtures/load.ts';
import type { ClientFrameType } from './client-frames.ts';
import { decode, encode } from './codec.ts';
import { OP, OP_ARITY } from './compact.ts';
import { EXT_VERSION, FEATURES } from './extensions.ts';
import { checkClientFrame } from './guards.ts';
import type { Json, JsonObject } from './json.ts';
import type { PatchType } from './patch.ts';
import type { ServerFrameType } from './server-frames.ts';

// The compiler sees to it that these lists hold every member of their union.
const CLIENT_TYPES: Record<ClientFrameType, string[]> = {
  mount: ['view', 'url', 'params', 'has_prerendered', 'client_timezone', 'state_snapshot', 'target_id', 'ext'],
  mount_batch: ['client_timezone', 'views'],
  live_redirect_mount: [
    'view',
    'url',
    'params',
    'has_prerendered',
    'client_timezone',
    'state_snapshot',
    'target_id',
    'ext',
  ],
  event: ['event', 'params', 'ref'],
  url_change: ['params', 'uri'],
  ping: [],
  request_html: [],
  upload_register: ['upload_name', 'ref', 'client_name', 'client_type', 'client_size', 'resumable'],
  upload_resume: ['ref'],
};

const SERVER_TYPES: Record<ServerFrameType, true> = {
  connect: true,
  mount: true,
  patch: true,
  html_update: true,
  html_recovery: true,
  embedded_update: true,
  noop: true,
  error: true,
  rate_limit_exceeded: true,
  navigation: true,
  navigate: true,
  push_event: true,
  flash: true,
  page_metadata: true,
  stream: true,
  upload_registered: true,
  upload_progress: true,
  upload_resumed: true,
  pong: true,
  reload: true,
};

const PATCH_TYPES: Record<PatchType, true> = {
  Replace: true,
  SetText: true,
  SetAttr: true,
  RemoveAttr: true,
  InsertChild: true,
  RemoveChild: true,
  MoveChild: true,
  RemoveSubtree: true,
  InsertSubtree: true,
  MoveSubtree: true,
  VirtualRemove: true,
  VirtualMove: true,
  VirtualInsert: true,
  VirtualUpdate: true,
};

const fixtures = loadFixtures();
const frames = fixtures.filter(isFrame);
const ops = fixtures.filter(isOp);
const valid = frames.filter((fixture) => fixture.direction === 'client' && !fixture.invalid);
const invalid = frames.filter((fixture) => fixture.invalid);
const fromServer = frames.filter((fixture) => fixture.direction === 'server');

const typesOf = (list: readonly { frame: { type: string } }[]): string[] => [
  ...new Set(list.map(({ frame }) => frame.type)),
];

describe('the fixtures', () => {
  it('show every frame and every operation there is', () => {
    expect(typesOf(valid).sort()).toEqual(Object.keys(CLIENT_TYPES).sort());
    expect(typesOf(fromServer).sort()).toEqual(Object.keys(SERVER_TYPES).sort());
    const types = ops.flatMap(({ op }) => (Array.isArray(op) ? [] : [op.type]));
    expect(types.sort()).toEqual(Object.keys(PATCH_TYPES).sort());
    const codes = new Set(ops.flatMap(({ op }) => (Array.isArray(op) ? [op[0]] : [])));
    expect([...codes].sort()).toEqual(Object.values(OP).sort());
  });

  it('show with and without extensions every frame that has them', () => {
    const ofType = (type: string): JsonObject[] =>
      frames.filter(({ frame, invalid }) => frame.type === type && !invalid).map(({ frame }) => frame);
    for (const type of ['connect', 'mount', 'live_redirect_mount']) {
      expect([type, new Set(ofType(type).map((frame) => 'ext' in frame))]).toEqual([type, new Set([true, false])]);
    }
    for (const type of ['noop', 'error']) {
      expect([type, new Set(ofType(type).map((frame) => 'ack' in frame))]).toEqual([type, new Set([true, false])]);
    }
    expect(new Set(ofType('patch').map((frame) => ('ops' in frame ? 'ops' : 'patches')))).toEqual(
      new Set(['ops', 'patches']),
    );
  });

  it('show every outcome of a mount', () => {
    const outcomes = fromServer.flatMap(({ frame }) =>
      frame.type === 'mount' && frame.ext ? [(frame.ext as JsonObject).outcome] : [],
    );
    expect(outcomes.sort()).toEqual(['adopted', 'mounted', 'resumed']);
  });

  it('use our extensions as they are now', () => {
    for (const { frame, invalid } of frames) {
      if (invalid || !frame.ext) continue;
      expect(frame.ext).toMatchObject({ v: EXT_VERSION, features: [...FEATURES] });
    }
  });

  it('say in one sentence what they show', () => {
    for (const { name, note } of fixtures) expect([name, /^[A-Za-z][^\n]+\.$/.test(note)]).toEqual([name, true]);
    expect(new Set(fixtures.map(({ note }) => note)).size).toBe(fixtures.length);
  });

  it('are called after their direction', () => {
    for (const { name, direction } of frames)
      expect(name).toMatch(direction === 'server' ? /^server-/ : /^(client|invalid)-/);
    for (const { name } of ops) expect(name).toMatch(/^op-/);
  });

  it('of compact operations have as many arguments as their operation takes', () => {
    for (const { op } of ops) {
      if (!Array.isArray(op)) continue;
      const [code, ...args] = op;
      expect(args.length % (OP_ARITY[code] as number)).toBe(0);
      expect(args.length).toBeGreaterThan(0);
    }
  });
});

describe.each(frames)('$name', ({ frame }) => {
  it('is the same after a way over the wire', () => {
    expect(decode(encode(frame))).toEqual({ ok: true, value: frame });
  });
});

describe.each(valid)('$name', ({ frame }) => {
  it('is taken as it is', () => {
    expect(checkClientFrame(frame)).toEqual({ ok: true, value: frame });
  });

  it('loses what nobody defined', () => {
    const fields = CLIENT_TYPES[frame.type as ClientFrameType];
    const checked = checkClientFrame({ ...frame, admin: true, toString: 'x', ext_: {} } as typeof frame);
    if (!checked.ok) throw new Error(checked.fault.code);
    for (const field of Object.keys(checked.value)) expect(['type', ...fields]).toContain(field);
  });
});

describe.each(invalid)('$name', ({ frame, invalid }) => {
  it('is refused by its code, at its place', () => {
    const decoded = decode(encode(frame)) as { ok: true; value: JsonObject & { type: string } };
    expect(checkClientFrame(decoded.value)).toMatchObject({ ok: false, fault: invalid });
  });

  it('is pointed at where the fault is', () => {
    const steps = (invalid?.at ?? '').split('/').slice(1);
    const last = steps.pop()?.replaceAll('~1', '/').replaceAll('~0', '~') ?? '';
    let at: Json | undefined = frame as Json;
    for (const step of steps) at = (at as Record<string, Json>)[step.replaceAll('~1', '/').replaceAll('~0', '~')];
    // What is missing has no place of its own, but the place it belongs to is there.
    expect(typeof at).toBe('object');
    expect(last).not.toBe('');
  });
});
