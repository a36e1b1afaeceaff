import { isKept } from '../features/durable.ts';
import type { AddOns } from '../lib/add-ons.ts';

/** Links that the client follows itself, in a page or for a whole site. */
const LINKS = '[dj-navigate],[dj-patch],[name=djust-auto-navigate]';

/**
 * What the full bundle loads when a page needs it, by name; in this order they compress best. The scripts are
 * built from `scripts/bundles.mjs`.
 */
export const ADD_ONS: AddOns = {
  adopt: { isUrgent: isKept },
  outbox: { selector: '[dj-view]', isUrgent: isKept },
  waiting: { selector: '[dj-view]' },
  focus: { selector: '[dj-view]' },
  drafts: { selector: 'input,textarea,select' },
  virtual: { selector: '[dj-virtual-total]' },
  reorder: { selector: '[dj-reorder]' },
  hooks: { selector: '[dj-hook]', frames: ['push_event'] },
  page: { selector: LINKS, frames: ['page_metadata'] },
  plain: { selector: '[name=djust-csrf-token]', frames: ['stream', 'embedded_update', 'layout'] },
  recovery: { selector: '[dj-change],[dj-input],[dj-auto-recover]' },
  uploads: { selector: '[dj-upload],[dj-upload-drop]' },
  // Every page of a djust server has it, and none of ours.
  commands: { selector: '[dj-click^="["]', frames: ['push_event'] },
  navigation: { selector: LINKS, frames: ['navigation', 'navigate'] },
};
