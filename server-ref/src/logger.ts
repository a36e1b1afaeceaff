/** One entry of the server's log. Fields hold no secrets: callers pass ids and codes, not payloads. */
export interface LogEntry {
  level: 'info' | 'warn' | 'error';
  message: string;
  /** The same id that a browser was shown. */
  id?: string;
  error?: unknown;
  [field: string]: unknown;
}

export type Logger = (entry: LogEntry) => void;

/** Control characters could forge log lines or drive a terminal. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced here
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/g;

/** Writes one JSON line per entry to standard error. */
export const jsonLogger: Logger = (entry) => {
  const { error, ...fields } = entry;
  const cause =
    error instanceof Error
      ? { error: error.stack ?? error.message }
      : error === undefined
        ? {}
        : { error: String(error) };
  const line = JSON.stringify({ time: new Date().toISOString(), ...fields, ...cause });
  process.stderr.write(`${line.replace(CONTROL, '\ufffd')}\n`);
};

export const silentLogger: Logger = () => {};
