export type { TurbonavOptions } from './config.ts';
export type {
  FailureDetail,
  FailureReason,
  NavigationDetail,
  NavigationKind,
  TurbonavEvent,
  TurbonavEventMap,
} from './events.ts';
export { startTurbonav } from './singleton.ts';
export type { Turbonav } from './turbonav.ts';
