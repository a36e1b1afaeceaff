import { FOCUSED_FIELD } from '../workloads/workloads.ts';

const TYPED = 'typed and not yet sent';

/** The user is in a field: he has typed, and marked a part of it. */
export function enterField(root: Element): void {
  const field = fieldIn(root);
  if (!field) return;
  field.focus();
  field.value = TYPED;
  field.setSelectionRange(3, 9, 'forward');
}

/** What the user has lost, if anything. */
export function lostByUser(root: Element): string | undefined {
  const field = fieldIn(root);
  if (!field) return undefined;
  const lost = [
    document.activeElement !== field && 'the focus',
    field.value !== TYPED && 'what was typed',
    (field.selectionStart !== 3 || field.selectionEnd !== 9) && 'the selection',
  ].filter((part) => part !== false);
  return lost.length > 0 ? lost.join(', ') : undefined;
}

const fieldIn = (root: Element): HTMLInputElement | undefined => root.querySelectorAll('input')[FOCUSED_FIELD];
