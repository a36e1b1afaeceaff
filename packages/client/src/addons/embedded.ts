import type { EmbeddedUpdateFrame } from '@djust/protocol';
import type { Feature } from '../context.ts';

/** Views inside of a view, on a plain djust server: what they say comes as whole HTML for the element that holds them. */
export const embedded: Feature = {
  name: 'embedded',
  frames: {
    embedded_update: (frame, { root, merge, emit }) => {
      const { view_id, html } = frame as EmbeddedUpdateFrame;
      // Its wrapper comes first in the document; the elements with events inside bear the same name.
      const holder = root()?.querySelector(`[data-djust-embedded="${CSS.escape(view_id)}"]`);
      if (!holder) return;
      merge(holder, html);
      emit('djust:patched', { version: 0, added: [holder], removed: [], touched: 1 });
    },
  },
};
