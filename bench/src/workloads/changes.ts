import type { Item, Items } from './items.ts';

/** One message, as data that every lane translates into its own form. Places are those before the change. */
export type Change =
  | { readonly kind: 'text'; readonly at: readonly number[]; readonly texts: readonly string[] }
  | { readonly kind: 'mark'; readonly at: number; readonly mark: string }
  | { readonly kind: 'append'; readonly items: Items }
  | { readonly kind: 'remove'; readonly at: number }
  | { readonly kind: 'swap'; readonly a: number; readonly b: number }
  /** The new order, as places in the old one. */
  | { readonly kind: 'order'; readonly from: readonly number[] }
  | { readonly kind: 'replace'; readonly items: Items };

/** The items after a change. What did not change stays the same object: frameworks rely on that. */
export function applyChange(items: Items, change: Change): Items {
  switch (change.kind) {
    case 'text': {
      const next = [...items];
      change.at.forEach((at, index) => {
        next[at] = { ...(items[at] as Item), text: change.texts[index] as string };
      });
      return next;
    }
    case 'mark':
      return items.with(change.at, { ...(items[change.at] as Item), mark: change.mark });
    case 'append':
      return [...items, ...change.items];
    case 'remove':
      return items.toSpliced(change.at, 1);
    case 'swap':
      return items.with(change.a, items[change.b] as Item).with(change.b, items[change.a] as Item);
    case 'order':
      return change.from.map((at) => items[at] as Item);
    case 'replace':
      return change.items;
  }
}
