import { button, h } from './dom.ts';

/** The head of a long text, and the rest when it is asked for: a list of them must not weigh what they weigh. */
export function longText(text: string, most = 2_048): HTMLElement {
  const box = h('span', {}, text.slice(0, most));
  const left = text.length - most;
  if (left <= 0) return box;
  const more = button(`… ${left} more characters`, () => box.replaceChildren(text), { class: 'link' });
  box.append(' ', more);
  return box;
}
