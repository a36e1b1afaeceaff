import { findSourceMap } from 'node:module';

/** Where a function was written; line and column begin at 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Under this name the debugger finds the function while it is asked for it. */
const ASKED = Symbol.for('djust.asked');

/**
 * Asks this process's own debugger, which knows of each function where it begins; through the source map when the code was
 * compiled. Nothing is noted beforehand, so a process that is never asked pays nothing.
 */
export async function placeOfFunction(written: (...args: never[]) => unknown): Promise<Place | undefined> {
  const { Session } = await import('node:inspector/promises');
  const session = new Session();
  const urls = new Map<string, string>();
  session.on('Debugger.scriptParsed', ({ params: { scriptId, url } }) => urls.set(scriptId, url));
  const page = globalThis as { [ASKED]?: unknown };
  session.connect();
  try {
    page[ASKED] = written;
    await session.post('Debugger.enable');
    const { result } = await session.post('Runtime.evaluate', { expression: `globalThis[Symbol.for('djust.asked')]` });
    if (!result.objectId) return undefined;
    const { internalProperties } = await session.post('Runtime.getProperties', { objectId: result.objectId });
    const found = internalProperties?.find(({ name }) => name === '[[FunctionLocation]]')?.value?.value;
    return found && fromSource(urls.get(found.scriptId) ?? '', found.lineNumber, found.columnNumber);
  } finally {
    delete page[ASKED];
    session.disconnect();
  }
}

/** @param line  and `column` as the debugger counts, from 0 */
function fromSource(url: string, line: number, column: number): Place | undefined {
  if (!url.startsWith('file:')) return undefined;
  const entry = findSourceMap(url)?.findEntry(line, column);
  if (entry && 'originalSource' in entry)
    return { file: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  return { file: url, line: line + 1, column: column + 1 };
}
