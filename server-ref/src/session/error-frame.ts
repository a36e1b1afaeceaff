import { type ErrorFrame, type Fault, HINTS, publicText } from '@djust/protocol';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';

export interface ErrorHost {
  readonly clock: Clock;
  readonly log: Logger;
  readonly isDevelopment: boolean;
}

/**
 * The frame a browser gets for a fault: a code and a sentence, and the id under which the log holds the cause. Only in
 * development it also says where, why and what to do next.
 */
export function errorFrame(
  host: ErrorHost,
  fault: Fault,
  error?: unknown,
  where: { view?: string; event?: string } = {},
): ErrorFrame {
  const frame: ErrorFrame = { type: 'error', error: publicText(fault.code), code: fault.code };
  if (error !== undefined) {
    frame.id = host.clock.id();
    host.log({ level: 'error', message: fault.code, id: frame.id, ...where, error });
  }
  if (!host.isDevelopment) return frame;
  frame.hint = HINTS[fault.code];
  if (where.event !== undefined) frame.event = where.event;
  if (fault.at !== undefined) frame.at = fault.at;
  if (fault.detail !== undefined) frame.debug_detail = fault.detail;
  if (error instanceof Error) frame.traceback = error.stack ?? error.message;
  return frame;
}
