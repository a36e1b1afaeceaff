import type { JsonObject } from '@djust/protocol';
import type { Feature } from '../context.ts';

const FORBIDDEN = /^(__proto__|constructor|prototype)$/;

/**
 * Parameters that only a plain djust server asks for: the component, embedded view or activity that an element belongs to, and the
 * older `dj-params='{"id": 5}'`, which fills in what other attributes do not say. @see wire spec 3.1, 3.4
 */
export const baseParams: Feature = {
  name: 'base-params',
  install(context) {
    context.on('djust:before-event', ({ detail: { element, params } }) => {
      if (!element) return;
      const more = parse(element.getAttribute('dj-params'));
      for (const [key, value] of Object.entries(more)) if (!FORBIDDEN.test(key)) params[key] ??= value;
      const owned = {
        component_id: 'data-component-id',
        view_id: 'data-djust-embedded',
        _activity: 'data-djust-activity',
      };
      for (const [key, name] of Object.entries(owned)) {
        const owner = element.closest(`[${name}]`)?.getAttribute(name);
        if (owner) params[key] = owner;
      }
    });
  },
};

function parse(text: string | null): JsonObject {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
  } catch {
    return {};
  }
}
