import { DjustError, faultOf } from '@djust/protocol';

/**
 * Finds out where the values of a template stand, by following HTML's tokenizer as far as that takes: in text, in an
 * attribute value, or somewhere a value must not be. Answers the template as one piece of HTML, with a placeholder for
 * each value: a comment where content goes, a marked word elsewhere.
 */
export interface Scan {
  source: string;
  /** For each value, in order. */
  places: Place[];
  /** How many start tags the author wrote. */
  startTags: number;
}

export type Place = 'content' | 'attribute' | 'rawText';

/** Opens and closes a placeholder word; private-use characters, which no author types. */
const MARK = '\ue000';
const WORD = /\ue000(\d+)\ue000/g;
const COMMENT = /^\ue000(\d+)\ue000$/;

/** The parts of a text with placeholder words: strings, and the numbers of the values between them. */
export function splitWords(text: string): (string | number)[] {
  const parts: (string | number)[] = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    parts.push(Number(match[1]));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

/** The number of the value that a placeholder comment stands for. */
export function holeOfComment(comment: string): number | undefined {
  const match = COMMENT.exec(comment);
  return match ? Number(match[1]) : undefined;
}

/** `noscript` is raw for a browser that runs scripts, and only such a browser shows updates. */
const RAW_TEXT = new Set('script style textarea title xmp iframe noembed noframes noscript plaintext'.split(' '));
/** Raw text that is escaped like other text, so a value may stand in it. */
const ESCAPABLE = new Set(['textarea', 'title']);

type State = 'text' | 'open' | 'tagName' | 'tag' | 'attributeName' | 'value' | 'markup' | 'comment' | 'rawText';

export function scan(strings: readonly string[]): Scan {
  const scanner = new Scanner();
  const places: Place[] = [];
  let source = '';
  strings.forEach((piece, index) => {
    if (piece.includes(MARK)) throw misplaced(index, 'the template holds U+E000, which is reserved');
    scanner.read(piece);
    source += piece;
    if (index === strings.length - 1) return;
    const place = scanner.place(index);
    places.push(place);
    const word = `${MARK}${index}${MARK}`;
    source += place === 'content' ? `<!--${word}-->` : word;
  });
  return { source, places, startTags: scanner.startTags };
}

class Scanner {
  startTags = 0;
  #state: State = 'text';
  /** In a value: `=` before its first character, a quote, or a space when there is none. */
  #quote = '';
  #tag = '';
  /** The last characters, as far back as an end marker is long. */
  #tail = '';

  read(piece: string): void {
    for (const char of piece) this.#step(char);
  }

  /** Where a value would stand now; a value right after `=` begins an unquoted attribute value. */
  place(index: number): Place {
    if (this.#state === 'text') return 'content';
    if (this.#state === 'value') {
      if (this.#quote === '=') this.#quote = ' ';
      return 'attribute';
    }
    if (this.#state === 'rawText' && ESCAPABLE.has(this.#tag)) return 'rawText';
    const where = this.#state === 'rawText' ? `<${this.#tag}>` : (WHERE[this.#state] ?? 'a comment');
    throw misplaced(index, `a value cannot stand in ${where}`);
  }

  #step(char: string): void {
    switch (this.#state) {
      case 'text':
        if (char === '<') this.#state = 'open';
        return;
      case 'open':
        this.#tag = '';
        this.#tail = char;
        if (/[a-z/]/i.test(char)) {
          this.#state = 'tagName';
          this.#tag = char.toLowerCase();
          if (char !== '/') this.startTags++;
        } else if (char !== '<') {
          this.#state = char === '!' || char === '?' ? 'markup' : 'text';
        }
        return;
      case 'markup':
        this.#tail += char;
        if (this.#tail.startsWith('!--')) this.#state = 'comment';
        else if (char === '>') this.#state = 'text';
        return;
      case 'comment':
        this.#tail = (this.#tail + char).slice(-3);
        if (this.#tail === '-->') this.#state = 'text';
        return;
      case 'rawText':
        this.#tail = (this.#tail + char.toLowerCase()).slice(-(this.#tag.length + 3));
        if (this.#tail.startsWith(`</${this.#tag}`) && /[\s/>]$/.test(this.#tail)) {
          this.#tag = `/${this.#tag}`;
          this.#state = 'tag';
          if (char === '>') this.#closeTag();
        }
        return;
      case 'value':
        return this.#stepValue(char);
      default:
        return this.#stepTag(char);
    }
  }

  #stepTag(char: string): void {
    if (char === '>') return this.#closeTag();
    const isBreak = /[\s/]/.test(char);
    if (this.#state === 'tagName') {
      if (isBreak) this.#state = 'tag';
      else this.#tag += char.toLowerCase();
    } else if (char === '=' && this.#state === 'attributeName') {
      this.#state = 'value';
      this.#quote = '=';
    } else if (!isBreak) {
      this.#state = 'attributeName';
    }
  }

  #stepValue(char: string): void {
    if (this.#quote === '=') {
      if (/\s/.test(char)) return;
      this.#quote = char === '"' || char === "'" ? char : ' ';
      if (char === '>') this.#closeTag();
    } else if (this.#quote === ' ') {
      if (char === '>') this.#closeTag();
      else if (/\s/.test(char)) this.#state = 'tag';
    } else if (char === this.#quote) {
      this.#state = 'tag';
    }
  }

  #closeTag(): void {
    this.#tail = '';
    this.#state = RAW_TEXT.has(this.#tag) ? 'rawText' : 'text';
  }
}

const WHERE: Partial<Record<State, string>> = {
  open: 'a tag name',
  tagName: 'a tag name',
  tag: 'a tag, outside of an attribute value',
  attributeName: 'an attribute name',
};

function misplaced(index: number, detail: string): DjustError {
  return new DjustError(faultOf('template/hole-position', `value ${index + 1}`, detail));
}
