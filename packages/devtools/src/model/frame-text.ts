import { OP_ARITY, type Ops } from '@djust/protocol';
import { CAPS } from './caps.ts';

/** What the panel wants to know of a frame at a glance. */
export interface FrameHead {
  readonly type: string;
  readonly ref?: number | undefined;
  readonly version?: number | undefined;
}

const encoder = new TextEncoder();

export const byteLength = (text: string): number => {
  // Most frames are plain ASCII or nearly so; the rest is counted exactly.
  return /^[\0-\x7f]*$/.test(text) ? text.length : encoder.encode(text).length;
};

/** Parses a frame; undefined for what is no JSON object with a type. */
export function parseFrame(text: string): ({ type: string } & Record<string, unknown>) | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const frame = value as Record<string, unknown>;
    return typeof frame.type === 'string' ? (frame as { type: string }) : undefined;
  } catch {
    return undefined;
  }
}

/** A message as text. What cannot be written as JSON came from a worker that only looks like ours. */
export function textOf(message: unknown): string {
  try {
    return JSON.stringify(message) ?? '';
  } catch {
    return '';
  }
}

export function headOf(frame: ({ type: string } & Record<string, unknown>) | undefined): FrameHead {
  if (!frame) return { type: '?' };
  const { type, ref, version } = frame;
  return {
    type,
    ...(typeof ref === 'number' && { ref }),
    ...(typeof version === 'number' && { version }),
  };
}

/** A copy of the head, not a slice of it: a slice would keep the whole text alive. */
export function kept(text: string): string {
  if (text.length <= CAPS.frameChars) return text;
  return `${[...text.slice(0, CAPS.headChars)].join('')}…`;
}

/** How many operations a patch frame holds. */
export function countOps(frame: Record<string, unknown>): number {
  const { ops, patches } = frame;
  if (Array.isArray(patches)) return patches.length;
  if (!Array.isArray(ops)) return 0;
  let count = 0;
  for (const group of ops as Ops) {
    const isMove = group[0] === 7 || group[0] === 8;
    count += isMove ? group.length - 2 : (group.length - 1) / (OP_ARITY[group[0]] ?? 1);
  }
  return Math.max(0, Math.round(count));
}
