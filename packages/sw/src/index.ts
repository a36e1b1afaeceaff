export { type ConfigFault, checkConfig, DEFAULTS, type SwCode, type SwConfig } from './build/config.ts';
export { type Generated, type GenerateResult, generate } from './build/generate.ts';
export type { ManifestEntry } from './build/manifest.ts';
export { KILL_SOURCE } from './build/source.ts';
