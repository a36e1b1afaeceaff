import type { Feature } from '../context.ts';
import type { AddOns, Autoload } from '../lib/add-ons.ts';
import { giveApi } from './plain/api.ts';
import { tellOldEvents } from './plain/events.ts';

/** What only a page of a plain djust server asks for. */
const ADD_ONS: AddOns = {
  embedded: { selector: '[data-djust-embedded]', frames: ['embedded_update'] },
  streams: { frames: ['stream'] },
  sticky: { selector: '[dj-sticky-view]', frames: ['sticky_hold'] },
  panels: { selector: '[data-djust-activity]', frames: ['layout'] },
  rows: { selector: '[dj-virtual]' },
  requests: { selector: 'html' },
  lazy: { selector: '[dj-lazy]' },
};

/** A socket that was never open after so many tries is not let through. */
const ENOUGH = 2;

/** Pages of a plain djust server: what their scripts call and listen for, and the add-ons that only they need. */
export const plain: Feature = {
  name: 'plain',
  install(context) {
    giveApi(context);
    tellOldEvents(context);
    const autoload = context.features.get('autoload') as Autoload | undefined;
    if (!autoload) return;
    autoload.add(ADD_ONS, context);
    const takeDetour = (): void => autoload.add({ sse: { selector: 'html' } }, context);
    let refused = 0;
    context.on('djust:phase-changed', ({ detail: { phase } }) => {
      if (phase === 'mounting') refused = -Infinity;
      else if (phase === 'waiting' && ++refused === ENOUGH) takeDetour();
    });
    if ((globalThis as { DJUST_USE_WEBSOCKET?: boolean }).DJUST_USE_WEBSOCKET === false) takeDetour();
  },
};
