import type { StreamFrame, StreamOp } from '@djust/protocol';
import type { Feature, FeatureContext } from '../context.ts';

/** Nearer to the end than this the user follows what comes. */
const FOLLOWS_PX = 100;

/** What a plain djust server sends past its own diff: pieces of HTML or text for one place. @see wire spec 4.8 */
export const streams: Feature = {
  name: 'streams',
  frames: {
    stream: (frame, context) => {
      const { stream, ops } = frame as StreamFrame;
      if (!Array.isArray(ops)) return;
      for (const op of ops) {
        const target = find(op.target ?? `[dj-stream="${CSS.escape(stream)}"]`);
        if (!target) continue;
        const isAtEnd = target.scrollHeight - target.scrollTop - target.clientHeight < FOLLOWS_PX;
        apply(target, op, context);
        if (isAtEnd && op.op === 'append') target.scrollTop = target.scrollHeight;
        const { op: kind, ...rest } = op;
        const name = { delete: 'remove', append: 'update', prepend: 'update', replace: 'update' }[kind as 'delete'];
        target.dispatchEvent(new CustomEvent(`stream:${name ?? kind}`, { detail: { ...rest, stream }, bubbles: true }));
      }
    },
  },
};

/** A selector that is none finds nothing; what else the frame brings shall not be lost with it. */
function find(selector: string): Element | null {
  try {
    return document.querySelector(selector);
  } catch {
    return null;
  }
}

function apply(target: Element, op: StreamOp, { merge, emit }: FeatureContext): void {
  const { html = '', text = '', error = '' } = op;
  switch (op.op) {
    case 'replace':
      merge(target, html);
      break;
    case 'append':
    case 'prepend': {
      const piece = target.cloneNode(false) as Element;
      merge(piece, html);
      target[op.op](...piece.childNodes);
      break;
    }
    case 'delete':
      target.remove();
      return;
    case 'prune':
      while (target.childElementCount > (op.limit ?? 0))
        (op.edge === 'bottom' ? target.lastElementChild : target.firstElementChild)?.remove();
      return;
    case 'text': {
      const mode = op.mode ?? target.getAttribute('dj-stream-mode');
      if (mode === 'replace' || mode === 'prepend')
        target.textContent = text + (mode === 'prepend' ? target.textContent : '');
      else target.append(text);
      return;
    }
    case 'error': {
      const note = document.createElement('div');
      note.className = 'dj-stream-error';
      note.setAttribute('role', 'alert');
      note.textContent = error;
      target.setAttribute('data-stream-error', 'true');
      target.append(note);
    }
  }
  target.toggleAttribute(
    'data-stream-active',
    op.op === 'start' || (target.hasAttribute('data-stream-active') && op.op !== 'done' && op.op !== 'error'),
  );
  emit('djust:patched', { version: 0, added: [target], removed: [], touched: 1 });
}
