import type { TurbonavOptions } from './config.ts';
import { newTurbonav, type Turbonav } from './turbonav.ts';

const KEY: unique symbol = Symbol.for('djust.turbonav') as never;

/** The single global: however often the script is included, and in whatever form, who comes second gets the first one. */
export function startTurbonav(options: TurbonavOptions = {}): Turbonav {
  const page = globalThis as typeof globalThis & { [KEY]?: Turbonav; turbonav?: Turbonav };
  page[KEY] ??= newTurbonav(options);
  page.turbonav ??= page[KEY];
  return page[KEY];
}
