import { type Chunk, type Rows, toBase62 } from '@djust/protocol';
import type { RowSource } from './live-dom.ts';

const SPECIAL = /[&<>"\r]/;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

const escaped = (text: string): string =>
  SPECIAL.test(text) ? text.replace(/[&<>"\r]/g, (char) => ENTITIES[char] as string) : text;

/** Makes the HTML of rows out of their template, which was sent once, and their values: one string, one parse. */
export class RowBuilder implements RowSource {
  readonly _templates: Map<number, readonly Chunk[]> = new Map();

  define(number: number, chunks: readonly Chunk[]): void {
    this._templates.set(number, chunks);
  }

  build([number, first, ...values]: Rows): string | undefined {
    const chunks = this._templates.get(number);
    const ids = chunks?.filter((chunk) => typeof chunk === 'number').length ?? 0;
    const perRow = chunks?.filter((chunk) => typeof chunk === 'object').length ?? 0;
    // Rows without values have no length that could be told.
    if (!chunks || perRow === 0 || values.length % perRow !== 0) return undefined;
    let html = '';
    let base = first;
    for (let at = 0; at < values.length; base += ids) {
      for (const chunk of chunks) {
        if (typeof chunk === 'string') html += chunk;
        else if (typeof chunk === 'number') html += ` dj-id="${toBase62(base + chunk)}"`;
        else {
          const value = values[at++] ?? null;
          if (chunk === null) html += escaped(value ?? '');
          else if (value !== null) html += ` ${chunk[0]}="${escaped(value)}"`;
        }
      }
    }
    return html;
  }
}
