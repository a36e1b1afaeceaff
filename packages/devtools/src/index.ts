export { type Devtools, type DevtoolsOptions, startDevtools } from './devtools.ts';
export type { Prefs } from './prefs.ts';
