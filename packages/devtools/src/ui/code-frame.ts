import type { PanelContext } from './context.ts';
import { h } from './dom.ts';

/** A line of a stack with a place in it. */
const FRAME = /^\s*at (?:.*? \()?(.*?):(\d+):(\d+)\)?$/;

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export function placeOf(stackLine: string): Place | undefined {
  const [, file, line, column] = FRAME.exec(stackLine) ?? [];
  return file ? { file: file.replace(/^file:\/\//, ''), line: Number(line), column: Number(column) } : undefined;
}

/** Addresses that would run something in the page, or load it, are none of an editor. */
const NO_EDITOR = /^(javascript|data|vbscript|blob|https?|file|about)$/i;

/** The address at which an editor opens the place; undefined when the setting is none. */
export function editorUrl(template: string, { file, line, column }: Place): string | undefined {
  const [, scheme = ''] = /^([a-z][a-z0-9+.-]*):/i.exec(template) ?? [];
  if (scheme === '' || NO_EDITOR.test(scheme)) return undefined;
  const path = file.split(/[\\/]/).map(encodeURIComponent).join('/');
  return template.replace('{file}', path).replace('{line}', String(line)).replace('{column}', String(column));
}

/** The lines around a place, as the server has them, and a link that opens it in an editor. */
export async function codeFrame({ link, prefs }: PanelContext, place: Place): Promise<HTMLElement | undefined> {
  const answer = await link.request({ type: 'dev:source', file: place.file, line: place.line });
  if (!answer.ok) return undefined;
  const { file, from, lines } = answer.frame;
  const pre = h('pre.code', { tabindex: 0, 'aria-label': `${place.file}, line ${place.line}` });
  for (const [at, text] of (Array.isArray(lines) ? lines : []).entries()) {
    const number = Number(from) + at;
    const isHere = number === place.line;
    const mark = isHere ? `\n${' '.repeat(7 + Math.max(0, place.column - 1))}^` : '';
    pre.append(h(isHere ? 'span.here' : 'span', {}, `${String(number).padStart(5)}  ${text}${mark}\n`));
  }
  const href = editorUrl(prefs.editor, { ...place, file: String(file) });
  return h('div', {}, pre, href ? h('p', {}, h('a', { href }, 'Open in the editor')) : null);
}
