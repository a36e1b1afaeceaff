import { arch, cpus, release, totalmem, type } from 'node:os';
import type { Machine } from './report.ts';

/** @param chromium  its version, where it had a part */
export function describeMachine(chromium?: string): Machine {
  const list = cpus();
  return {
    cpu: list[0]?.model.trim() ?? 'unknown',
    cores: list.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    os: `${type()} ${release()} ${arch()}`,
    node: process.version,
    ...(chromium && { chromium }),
  };
}
