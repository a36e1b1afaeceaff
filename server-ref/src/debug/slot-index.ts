import { fromBase62, OP, type OpCode } from '@djust/protocol';
import { CONTAINER, type Part, type RunPart, type Template } from '../view/compile.ts';
import { type Content, type Instance, isInstance, isList, isStreamRows, Region } from '../view/tree.ts';

/** Values of one template, by their numbers: what an operation on the page comes from. */
export interface Origin {
  readonly template: Template;
  readonly holes: readonly number[];
}

/** A page of a million nodes is not worth a reason for each. */
const MOST = 50_000;

interface Place {
  readonly instance: Instance;
  /** Of the region that the instance stands in. */
  readonly origin: Origin | undefined;
}

/**
 * Which value of which template stands behind an id of the page. Made by one walk over the tree behind the page, after it
 * was rendered, so that rendering and comparing know nothing of it.
 */
export class SlotIndex {
  /** By their first id; each takes the ids from there up to its template's count. */
  readonly #places: Place[] = [];
  /** Of regions, and of rows without an instance of their own. */
  /** What is known of the rows of each stream: their keys, as JSON, in bytes. */
  readonly streams: Record<string, number> = {};
  readonly #regions = new Map<string, { origin: Origin | undefined; content: Content }>();

  constructor(root: Region) {
    this.#region(root, undefined);
    this.#places.sort((a, b) => a.instance.base - b.instance.base);
  }

  /** Undefined for what is not, or not any more, on the page. */
  origin(code: OpCode, id: string, name?: string): Origin | undefined {
    if (code === OP.remove || code === OP.move || code === OP.moveAfter) return this.#whole(id);
    const region = this.#regions.get(id);
    const isWhole = code === OP.html || (region !== undefined && holdsRows(region.content) && code !== OP.textAfter);
    if (isWhole && region?.origin) return region.origin;
    const part = this.#inner(code, id) ?? this.#part(code, id, name);
    if (part) return part;
    if (code === OP.textAfter && region?.origin) return behind(region.origin);
    return region?.origin ?? (code === OP.insertAfter ? this.#whole(id) : undefined);
  }

  /** Of an element or a region that came, moved or went as a whole. */
  #whole(id: string): Origin | undefined {
    return this.#regions.get(id)?.origin ?? this.#placeOf(id)?.origin;
  }

  /** A value that stands in a region of its own, without an element around it. */
  #inner(code: OpCode, id: string): Origin | undefined {
    const content = this.#regions.get(id)?.content;
    if (content === undefined || !isInstance(content)) return undefined;
    return runOf(content.template, CONTAINER, code);
  }

  #part(code: OpCode, id: string, name: string | undefined): Origin | undefined {
    const instance = this.#placeOf(id)?.instance;
    if (!instance) return undefined;
    const own = fromBase62(id) - instance.base;
    if (code !== OP.attr) return runOf(instance.template, own, code);
    const part = instance.template.parts.find((one) => one.kind === 'attribute' && one.id === own && one.name === name);
    return part && { template: instance.template, holes: holesOf(part) };
  }

  #placeOf(id: string): Place | undefined {
    const wanted = fromBase62(id);
    let [low, high] = [0, this.#places.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const place = this.#places[middle] as Place;
      const { base, template } = place.instance;
      if (wanted < base) high = middle - 1;
      else if (wanted >= base + template.ids) low = middle + 1;
      else return place;
    }
    return undefined;
  }

  #region({ container, content }: Region, origin: Origin | undefined): void {
    this.#regions.set(container, { origin, content });
    if (content === undefined) return;
    if (isInstance(content)) this.#instance(content, origin);
    else if (isStreamRows(content)) {
      this.streams[content.name] = Buffer.byteLength(JSON.stringify(content.keys));
      for (const id of content.ids.values()) this.#regions.set(id, { origin, content: undefined });
    } else if (isList(content)) {
      for (const { content: row } of content.rows) {
        if (this.#places.length > MOST) return;
        if (row instanceof Region) this.#region(row, origin);
        else this.#instance(row, origin);
      }
    }
  }

  #instance(instance: Instance, origin: Origin | undefined): void {
    const { template, slots } = instance;
    // One without ids begins where its neighbour does.
    if (template.ids > 0) this.#places.push({ instance, origin });
    for (let hole = 0; hole < slots.length; hole++) {
      const slot = slots[hole];
      if (slot instanceof Region) this.#region(slot, { template, holes: [hole] });
    }
  }
}

const holdsRows = (content: Content): boolean => isList(content) || isStreamRows(content);

const holesOf = ({ pieces }: Part): number[] => pieces.filter((piece) => typeof piece === 'number');

/** The text, or the content, at a place of a template; inserts and text share one. */
function runOf(template: Template, id: number, code: OpCode): Origin | undefined {
  const isBehind = code === OP.textAfter || code === OP.insertAfter;
  const part = template.parts.find(
    (one): one is RunPart =>
      one.kind === 'run' && one.address.id === id && (one.address.code === OP.textAfter) === isBehind,
  );
  return part && { template, holes: holesOf(part) };
}

/** The values behind a region, in the same stretch of text. */
function behind({ template, holes: [hole = -1] }: Origin): Origin | undefined {
  const part = template.parts.find((one) => one.kind === 'run' && one.pieces.includes(hole));
  const holes = part ? holesOf(part).filter((one) => one > hole) : [];
  return holes.length > 0 ? { template, holes } : undefined;
}
