import type { AddOn } from '../features/autoload.ts';
import { isKept } from '../features/durable.ts';

/** What the full bundle loads when a page needs it. The scripts are built from `scripts/bundles.mjs`. */
export const ADD_ONS: readonly AddOn[] = [
  { name: 'outbox', selector: '[dj-view]', isUrgent: isKept },
  { name: 'adopt', isUrgent: isKept },
  { name: 'waiting', selector: '[dj-outbox]' },
  { name: 'reorder', selector: '[dj-reorder]' },
  { name: 'virtual', selector: '[dj-virtual-total]' },
  { name: 'hooks', selector: '[dj-hook]', frames: ['push_event'] },
  { name: 'commands', selector: '[dj-click^="["]', frames: ['push_event'] },
  { name: 'recovery', selector: '[dj-change],[dj-input],[dj-auto-recover]' },
  { name: 'embedded', selector: '[data-djust-embedded]', frames: ['embedded_update'] },
  { name: 'streams', frames: ['stream'] },
  { name: 'uploads', selector: '[dj-upload],[dj-upload-drop]' },
  {
    name: 'navigation',
    selector: '[dj-navigate],[dj-patch],meta[name=djust-auto-navigate]',
    frames: ['navigation', 'navigate'],
  },
  { name: 'page', selector: '[dj-navigate],[dj-patch],meta[name=djust-auto-navigate]', frames: ['page_metadata'] },
];
