import { faultOf } from '@djust/protocol';
import type { Feature, FeatureContext } from '../context.ts';
import { errorDetail } from '../emitter.ts';
import { isDev } from '../lib/dev.ts';
import { whenReady } from '../lib/when-ready.ts';

/** A feature in a script of its own, `djust.<name>.min.js`, that few pages need. */
export interface AddOn {
  readonly name: string;
  /** Elements that need it. */
  readonly selector?: string;
  /** Frames that need it; they wait for it. */
  readonly frames?: readonly string[];
  /** Needed before anything else happens. */
  readonly isUrgent?: () => boolean;
}

/**
 * Loads the script of an add-on when the page first needs it: an element of its kind came, or a frame.
 *
 * @param script  URL of the client's script; those of the add-ons lie beside it
 */
export function autoload(addOns: readonly AddOn[], script: string): Feature {
  const loading = new Map<string, Promise<unknown>>();
  const load = (name: string, { emit }: FeatureContext): Promise<unknown> => {
    const url = script.replace(/[^/]*$/, `djust.${name}${isDev ? '' : '.min'}.js`);
    const failed = (): void => {
      loading.delete(name);
      emit('djust:error', errorDetail(faultOf('client/add-on', url)));
    };
    const loaded = loading.get(name) ?? import(/* @vite-ignore */ url).catch(failed);
    loading.set(name, loaded);
    return loaded;
  };
  const look = (nodes: readonly Node[], context: FeatureContext): void => {
    for (const { name, selector } of addOns)
      if (selector && !context.features.has(name) && nodes.some((node) => holds(node, selector))) load(name, context);
  };
  const frames: Record<string, NonNullable<Feature['frames']>[string]> = {};
  for (const { name, frames: types = [] } of addOns)
    for (const type of types)
      frames[type] = async (frame, context) => {
        if (context.features.has(name)) return;
        await load(name, context);
        context.features.get(name)?.frames?.[type]?.(frame, context);
      };
  return {
    name: 'autoload',
    frames,
    install(context) {
      // What stands around the view, links for one, counts as well.
      const lookAround = (): void => look([document.documentElement], context);
      whenReady(() => {
        for (const { name, isUrgent } of addOns) if (isUrgent?.()) load(name, context);
        // Beside the handshake: a click that comes early shall find them.
        lookAround();
      });
      context.on('djust:view-mounted', lookAround);
      // A user needs a moment before the new can be used; the patch does not wait for a search.
      context.on('djust:patched', ({ detail }) => context.clock.after(0, () => look(detail.added, context)));
    },
  };
}

const holds = (node: Node, selector: string): boolean =>
  node instanceof Element && (node.matches(selector) || node.querySelector(selector) !== null);
