import type { Json, Result } from '@djust/protocol';
import { CAPS } from './caps.ts';
import type { DebugFrame, Delta } from './entries.ts';
import { readHeld } from './held.ts';
import { Redactor } from './redact.ts';
import type { HeldTrace } from './trace-store.ts';

export const FORMAT = 'djtrace';

/** A session as a file. `sha256` is over `trace` as JSON; empty where the page may not compute it. */
export interface TraceFile {
  readonly format: typeof FORMAT;
  readonly v: 1;
  readonly app: string;
  readonly ua: string;
  readonly exportedAt: string;
  readonly redaction: { readonly rule: string; readonly count: number };
  readonly sha256: string;
  readonly trace: HeldTrace;
}

export interface Origin {
  readonly app: string;
  readonly ua: string;
  readonly exportedAt: string;
}

/** Writes a session down without its secrets. */
export async function writeTraceFile(held: HeldTrace, rule: string, origin: Origin): Promise<string> {
  const redactor = new Redactor(rule);
  // First all values by their names, so that every secret is known before any text is written.
  const clean = {
    ...held,
    events: held.events.map((event) => ({
      ...event,
      params: redactor.value(event.params),
      ...(event.server && {
        server: { ...event.server, delta: event.server.delta.map((one) => hidden(one, redactor)) },
      }),
    })),
    frames: held.frames.map((frame) => ({
      ...frame,
      text: cleanText(frame.text, redactor),
      ...(frame.before && { before: hiddenBefore(frame, redactor) }),
    })),
    pages: held.pages.map((page) => ({ ...page, url: redactor.url(page.url) })),
  };
  const trace = redactor.texts(JSON.parse(JSON.stringify(clean)) as Json) as unknown as HeldTrace;
  const file: TraceFile = {
    format: FORMAT,
    v: 1,
    ...origin,
    redaction: { rule, count: redactor.count },
    sha256: await digestOf(JSON.stringify(trace)),
    trace,
  };
  return JSON.stringify(file);
}

/** A change of a field whose name is secret, without its values, which are texts of JSON. */
function hidden({ path, before, after }: Delta, redactor: Redactor): Delta {
  const name = path.split('.').find((part) => redactor.isSecret(part));
  if (name === undefined) return { path, before, after };
  const hide = (text: string): string => {
    redactor.value(text, name);
    // The bare value too, which other texts may hold.
    return String(redactor.value(text.replace(/^"(.*)"$/, '$1'), name));
  };
  return { path, before: hide(before), after: hide(after) };
}

/** What was on the page, without what came from a value with a secret name. */
function hiddenBefore({ before = {}, why = {} }: DebugFrame, redactor: Redactor): DebugFrame['before'] {
  const texts = Object.entries(before);
  return Object.fromEntries(texts.map(([target, text]) => [target, String(redactor.value(text, why[target] ?? ''))]));
}

/** Reads a file that anybody may have written. Everything in it stays text. */
export async function readTraceFile(text: string): Promise<Result<TraceFile, string>> {
  if (text.length > CAPS.fileBytes) return { ok: false, fault: 'The file is larger than 32 MB.' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, fault: 'The file is no JSON.' };
  }
  const { format, v, trace, sha256, redaction, app, ua, exportedAt } = (value ?? {}) as Record<string, unknown>;
  if (format !== FORMAT) return { ok: false, fault: 'The file is no session of this panel.' };
  if (v !== 1)
    return { ok: false, fault: `The file has version ${String(v).slice(0, 20)}; this panel reads version 1.` };
  const held = readHeld(trace);
  if (!held.ok) return { ok: false, fault: `The session in the file is damaged: ${held.fault}` };
  if (typeof sha256 === 'string' && sha256 !== '' && sha256 !== (await digestOf(JSON.stringify(trace))))
    return { ok: false, fault: 'The file was changed after it was written: its checksum does not fit.' };
  const { rule = '', count = 0 } = (redaction ?? {}) as { rule?: unknown; count?: unknown };
  return {
    ok: true,
    value: {
      format,
      v,
      app: String(app ?? ''),
      ua: String(ua ?? ''),
      exportedAt: String(exportedAt ?? ''),
      redaction: { rule: String(rule), count: Number(count) || 0 },
      sha256: String(sha256 ?? ''),
      trace: held.value,
    },
  };
}

/** A frame is read, so that the rule sees the names in it. */
function cleanText(text: string, redactor: Redactor): string {
  try {
    return JSON.stringify(redactor.value(JSON.parse(text) as Json));
  } catch {
    return text;
  }
}

async function digestOf(text: string): Promise<string> {
  // Missing on pages without TLS, except on this machine.
  if (!crypto.subtle) return '';
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
