import type { FeatureContext } from '../../context.ts';

/** The events of the stock client that applications listen for, told from ours. @see wire spec 10.4 */
export function tellOldEvents({ on }: FeatureContext): void {
  const tell = (name: string): boolean => document.dispatchEvent(new CustomEvent(`djust:${name}`));
  let isAway = false;
  let isLeaving = false;
  on('djust:phase-changed', ({ detail: { phase } }) => {
    isAway ||= phase === 'waiting';
  });
  on('djust:before-navigate', ({ detail }) => {
    Object.assign(detail, { fromUrl: location.href, toUrl: detail.url });
    isLeaving = true;
    tell('navigate-start');
  });
  on('djust:view-mounted', () => {
    if (isLeaving) tell('navigate-end');
    if (isAway) tell('ws-reconnected');
    isLeaving = isAway = false;
  });
  on('djust:error', ({ detail }) => {
    Object.assign(detail, { error: detail.message ?? detail.code });
  });
}
