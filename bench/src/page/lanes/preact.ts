import { Component, type ComponentChild, h, render } from 'preact';
import type { Item, Items, Kind } from '../../workloads/items.ts';
import { bodyOf } from '../../workloads/page-text.ts';
import type { Lane } from '../lane.ts';

/** The application state is in the page: a message is the new items. */
export const preact: Lane = {
  mount: (root, { kind, itemsAfter }) => render(view(kind, itemsAfter(0)), root),
  prepare: (root, { kind, itemsAfter }, count) =>
    Array.from({ length: count }, (_, step) => {
      const items = itemsAfter(step + 1);
      return () => render(view(kind, items), root);
    }),
  unmount: (root) => render(null, root),
  messages: 20,
};

function view(kind: Kind, items: Items): ComponentChild {
  const list = items.map((item) => h(PIECES[kind], { key: item.id, item }));
  switch (kind) {
    case 'rows':
      return h('table', { class: 'table' }, h('tbody', null, list));
    case 'texts':
    case 'page':
      return h('main', null, list);
    case 'form':
      return h('form', null, list);
  }
}

/** Like any careful application: a piece whose item is the same object is not rendered again. */
abstract class Piece extends Component<{ item: Item }> {
  override shouldComponentUpdate(next: { item: Item }): boolean {
    return next.item !== this.props.item;
  }
}

class TextPiece extends Piece {
  override render({ item: { id, text } }: this['props']): ComponentChild {
    return h('p', { id: `t${id}` }, text);
  }
}

class RowPiece extends Piece {
  override render({ item: { id, text, mark } }: this['props']): ComponentChild {
    return h('tr', { id: `r${id}`, class: mark }, [
      h('td', { class: 'col-md-1' }, id),
      h('td', { class: 'col-md-4' }, h('a', null, text)),
      h(
        'td',
        { class: 'col-md-1' },
        h('a', null, h('span', { class: 'glyphicon glyphicon-remove', 'aria-hidden': 'true' })),
      ),
      h('td', { class: 'col-md-6' }),
    ]);
  }
}

class SectionPiece extends Piece {
  override render({ item: { id, text } }: this['props']): ComponentChild {
    return h('section', { id: `s${id}` }, [
      h('h2', null, `Section ${id}`),
      h('p', { class: 'lead' }, text),
      bodyOf(id).map((paragraph) => h('p', null, paragraph)),
    ]);
  }
}

class FieldPiece extends Piece {
  override render({ item: { id, text } }: this['props']): ComponentChild {
    return h('div', { id: `d${id}` }, [
      h('label', { for: `f${id}` }, `Field ${id}`),
      // Uncontrolled: what the user types is his.
      h('input', { id: `f${id}`, name: `f${id}`, defaultValue: `value ${id}` }),
      text ? h('p', { class: 'error' }, text) : null,
    ]);
  }
}

const PIECES: Record<Kind, new () => Piece> = {
  texts: TextPiece,
  rows: RowPiece,
  page: SectionPiece,
  form: FieldPiece,
};
