import type { Feature, FeatureContext } from '../context.ts';

/**
 * `<ul dj-reorder="move">` lets the user bring its children into another order, with the mouse (children that are
 * `draggable`) or with Alt and an arrow key. The view gets `move { key, before }`: put the row `key` in front of the row
 * `before`, or at the end when that is "". Rows are named by `data-key` or `dj-key`.
 */
export const reorder: Feature = {
  name: 'reorder',
  install(context) {
    const options = { signal: context.signal };
    let dragged: Element | undefined;
    const mark = (row: Element | null): void => {
      for (const old of document.querySelectorAll('.dj-drop-before')) old.classList.remove('dj-drop-before');
      row?.classList.add('dj-drop-before');
    };
    const target = (event: DragEvent): Place | undefined => {
      const place = placeOf(event.target);
      return dragged && place?.list === dragged.parentElement ? place : undefined;
    };
    document.addEventListener(
      'dragstart',
      (event) => {
        dragged = placeOf(event.target)?.row ?? undefined;
        if (dragged) event.dataTransfer?.setData('text/plain', keyOf(dragged));
      },
      options,
    );
    document.addEventListener(
      'dragover',
      (event) => {
        const place = target(event);
        if (!place) return;
        event.preventDefault();
        mark(rowBehind(place, event.clientY));
      },
      options,
    );
    document.addEventListener(
      'drop',
      (event) => {
        const place = target(event);
        if (!place || !dragged) return;
        event.preventDefault();
        move(context, place.list, dragged, rowBehind(place, event.clientY));
      },
      options,
    );
    document.addEventListener(
      'dragend',
      () => {
        dragged = undefined;
        mark(null);
      },
      options,
    );
    document.addEventListener('keydown', (event) => onKey(event, context), options);
  },
};

interface Place {
  list: Element;
  row: Element | null;
}

function placeOf(node: EventTarget | null): Place | undefined {
  if (!(node instanceof Element)) return undefined;
  const list = node.closest('[dj-reorder]');
  if (!list) return undefined;
  let row: Element | null = node === list ? null : node;
  while (row && row.parentElement !== list) row = row.parentElement;
  return { list, row };
}

const keyOf = (row: Element | null): string => row?.getAttribute('data-key') ?? row?.getAttribute('dj-key') ?? '';

/** The row in front of which something dropped at this height would land; null for the end. */
function rowBehind({ list, row }: Place, clientY: number): Element | null {
  if (!row)
    return list.lastElementChild && clientY < list.lastElementChild.getBoundingClientRect().top
      ? list.firstElementChild
      : null;
  const { top, height } = row.getBoundingClientRect();
  return clientY < top + height / 2 ? row : row.nextElementSibling;
}

function move(context: FeatureContext, list: Element, row: Element, before: Element | null): void {
  if (before === row || before === row.nextElementSibling) return;
  const event = list.getAttribute('dj-reorder') ?? '';
  void context.push(event, { key: keyOf(row), before: keyOf(before) }, { element: list });
}

function onKey(event: KeyboardEvent, context: FeatureContext): void {
  if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
  const place = placeOf(event.target);
  if (!place?.row) return;
  event.preventDefault();
  const { list, row } = place;
  if (event.key === 'ArrowUp' && row.previousElementSibling) move(context, list, row, row.previousElementSibling);
  const next = row.nextElementSibling;
  if (event.key === 'ArrowDown' && next) move(context, list, row, next.nextElementSibling);
}
