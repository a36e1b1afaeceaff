import type { Change } from '../../workloads/changes.ts';
import type { Item, Kind } from '../../workloads/items.ts';
import { plainHtml, plainPiece } from '../../workloads/plain-html.ts';
import type { Lane, Step } from '../lane.ts';
import { longestRise } from './longest-rise.ts';

/**
 * The physical limit: the fewest DOM calls for the change, with the nodes in hand and the values parsed. Looking the
 * nodes up is preparation here; everybody else has to find them.
 */
export const limit: Lane = {
  mount(root, { kind, itemsAfter }) {
    root.innerHTML = plainHtml(kind, itemsAfter(0));
  },
  prepare(root, { kind, changes }, count) {
    const list = listOf(kind, root);
    // The elements as they will stand when the step runs; the steps themselves run later.
    let elements = [...list.children];
    return changes.slice(0, count).map((change) => {
      const [step, after] = plan(change, kind, list, elements);
      elements = after;
      return step;
    });
  },
};

const listOf = (kind: Kind, root: Element): Element =>
  (kind === 'rows' ? root.firstElementChild?.firstElementChild : root.firstElementChild) as Element;

function plan(change: Change, kind: Kind, list: Element, elements: Element[]): [Step, Element[]] {
  switch (change.kind) {
    case 'text': {
      if (kind === 'form') return [messageStep(elements[change.at[0] as number] as Element, change.texts), elements];
      return [textStep(change.at.map((at) => textOf(kind, elements[at] as Element)) as Text[], change.texts), elements];
    }
    case 'mark': {
      const element = elements[change.at] as Element;
      return [
        () => {
          element.className = change.mark;
        },
        elements,
      ];
    }
    case 'append': {
      const fill = template(kind, change.items[0] as Item);
      return [() => list.append(filled(fill, change.items)), elements];
    }
    case 'replace': {
      const fill = template(kind, change.items[0] as Item);
      const step = (): void => {
        list.textContent = '';
        list.append(filled(fill, change.items));
      };
      return [step, elements];
    }
    case 'remove': {
      const element = elements[change.at] as Element;
      return [() => element.remove(), elements.toSpliced(change.at, 1)];
    }
    case 'swap': {
      const [a, b] = [elements[change.a] as Element, elements[change.b] as Element];
      const step = (): void => {
        const next = b.nextSibling;
        move(list, b, a);
        move(list, a, next);
      };
      // Between neighbours one move would do; the workload never swaps those.
      return [step, elements.with(change.a, b).with(change.b, a)];
    }
    case 'order': {
      const after = change.from.map((at) => elements[at] as Element);
      return [orderStep(list, after, longestRise(change.from)), after];
    }
  }
}

/** `moveBefore` takes a third of the time of `insertBefore`, which removes the row first. */
const move: (list: Element, element: Element, before: Node | null) => void =
  'moveBefore' in Element.prototype
    ? (list, element, before) => (list as unknown as Mover).moveBefore(element, before)
    : (list, element, before) => void list.insertBefore(element, before);

interface Mover {
  moveBefore(node: Node, before: Node | null): void;
}

function textOf(kind: Kind, element: Element): Node {
  const holder = kind === 'rows' ? element.children[1]?.firstChild : kind === 'page' ? element.children[1] : element;
  return holder?.firstChild as Node;
}

function textStep(nodes: readonly Text[], texts: readonly string[]): Step {
  return () => {
    for (let at = 0; at < nodes.length; at++) (nodes[at] as Text).data = texts[at] as string;
  };
}

function messageStep(element: Element, [text = '']: readonly string[]): Step {
  const blank = document.createElement('p');
  blank.className = 'error';
  blank.append('');
  return () => {
    const message = blank.cloneNode(true);
    (message.firstChild as Text).data = text;
    element.append(message);
  };
}

/** Moves what has to move, from the back, so that the right neighbour always stands already. */
function orderStep(list: Element, after: readonly Element[], stays: readonly boolean[]): Step {
  const moves: [Element, Element | null][] = [];
  for (let at = after.length - 1; at >= 0; at--)
    if (!stays[at]) moves.push([after[at] as Element, after[at + 1] ?? null]);
  return () => {
    for (const [element, before] of moves) move(list, element, before);
  };
}

/** A row to clone. */
function template(kind: Kind, item: Item): Element {
  const holder = document.createElement('template');
  holder.innerHTML = plainPiece(kind, item);
  return holder.content.firstElementChild as Element;
}

function filled(blank: Element, items: readonly Item[]): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const { id, text, mark } of items) {
    const row = blank.cloneNode(true) as Element;
    row.id = `r${id}`;
    row.className = mark;
    const number = row.firstChild as Element;
    (number.firstChild as Text).data = String(id);
    const label = (number.nextSibling as Element).firstChild as Element;
    (label.firstChild as Text).data = text;
    fragment.append(row);
  }
  return fragment;
}
