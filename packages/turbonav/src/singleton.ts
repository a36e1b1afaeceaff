import type { TurbonavOptions } from './config.ts';
import { newTurbonav, type Turbonav } from './turbonav.ts';

const KEY: unique symbol = Symbol.for('djust.turbonav') as never;

/** The single global: however often the script is included, and in whatever form, who comes second gets the first one. */
export function startTurbonav(options: TurbonavOptions = {}): Turbonav {
  const page = globalThis as typeof globalThis & { [KEY]?: Turbonav; turbonav?: Turbonav };
  const first = page[KEY];
  if (first) return first;
  const turbonav = newTurbonav(options);
  Object.defineProperty(page, KEY, { value: turbonav });
  page.turbonav ??= turbonav;
  return turbonav;
}
