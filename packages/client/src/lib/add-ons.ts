import type { Feature, FeatureContext } from '../context.ts';

/** Features in scripts of their own, `djust.<name>.min.js`, that few pages need; by name. */
export type AddOns = Readonly<Record<string, AddOn>>;

export interface AddOn {
  /** Elements that need it. */
  readonly selector?: string;
  /** Frames that need it; they wait for it. */
  readonly frames?: readonly string[];
  /** Needed before anything else happens. Only in the list of the bundle: its name is shortened there. */
  readonly isUrgent?: () => boolean;
}

/** Loads them; an add-on can name more. */
export interface Autoload extends Feature {
  add(addOns: AddOns, context: FeatureContext): void;
}
