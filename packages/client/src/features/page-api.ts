import type { JsonObject } from '@djust/protocol';
import type { Feature, FeatureContext } from '../context.ts';

interface PageApi {
  handleEvent?(event: string, params?: JsonObject): ReturnType<FeatureContext['push']>;
}

/** The names under which pages written for the stock client of djust call this one. @see docs/djust.md */
export const pageApi: Feature = {
  name: 'page-api',
  install({ push }) {
    const page = globalThis as { djust?: PageApi };
    page.djust ??= {};
    page.djust.handleEvent = (event, params = {}) => push(event, params);
  },
};
