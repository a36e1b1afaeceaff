import { type Chunk, openBoundary, type Rows, toBase62 } from '@djust/protocol';
import type { RowSource } from './live-dom.ts';

/**
 * Makes the HTML of rows out of their template, which was sent once, and their values. The parser of a browser is about as
 * quick as a clone, and brings ids and values along, which a clone is given one by one.
 */
export class RowBuilder implements RowSource {
  readonly _templates: Map<number, readonly Chunk[]> = new Map();

  define(number: number, chunks: readonly Chunk[]): void {
    this._templates.set(number, chunks);
  }

  build(rows: Rows): string | undefined {
    const [number, first] = rows;
    const isRegion = number < 0;
    const chunks = this._templates.get(isRegion ? ~number : number) ?? [];
    const ids = chunks.filter((chunk) => typeof chunk === 'number').length;
    const values = chunks.filter((chunk) => typeof chunk === 'object').length;
    // Rows without values have no length that could be told; NaN is not 0 either.
    if ((rows.length - 2) % values !== 0) return undefined;
    let html = isRegion ? openBoundary(toBase62(first - 1)) : '';
    for (let base = first, at = 2; at < rows.length; base += ids) {
      for (const chunk of chunks) {
        if (typeof chunk === 'string') html += chunk;
        else if (typeof chunk === 'number') html += ` dj-id="${toBase62(base + chunk)}"`;
        else {
          const value = rows[at++];
          if (!chunk) html += escaped(value ?? '');
          else if (value != null) html += ` ${chunk[0]}="${escaped(value)}"`;
        }
      }
    }
    return isRegion ? `${html}<!--/dj-if-->` : html;
  }
}

/** For text and for attribute values alike. A parser would turn a carriage return into a line feed. */
const escaped = (value: string | number): string =>
  `${value}`.replace(/[&<"\r]/g, (character) => `&#${character.charCodeAt(0)};`);
