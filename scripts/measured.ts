import { readFileSync, writeFileSync } from 'node:fs';
import { Refusal } from './command.ts';
import { fromRoot } from './root.ts';

const BEGIN = '<!-- measured -->';
const END = '<!-- /measured -->';

/** Brings figures into a document, between its two marks. @param path  `docs/….md` */
export function writeMeasured(path: string, figures: string): void {
  const file = fromRoot(path);
  writeFileSync(file, withMeasured(readFileSync(file, 'utf8'), figures, path));
}

/** The text with everything between the marks replaced. */
export function withMeasured(text: string, figures: string, path: string): string {
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Refusal(`${path} has no place between ${BEGIN} and ${END}.`);
  return `${text.slice(0, from + BEGIN.length)}\n\n${figures}\n\n${text.slice(to)}`;
}
