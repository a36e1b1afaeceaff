import { faultOf } from '@djust/protocol';
import type { Feature, FeatureContext } from '../context.ts';
import { errorDetail } from '../emitter.ts';
import type { AddOn, AddOns, Autoload } from '../lib/add-ons.ts';
import { isDev } from '../lib/dev.ts';
import { whenReady } from '../lib/when-ready.ts';

/**
 * Loads the script of an add-on when the page first needs it: an element of its kind came, or a frame.
 *
 * @param script  URL of the client's script; those of the add-ons lie beside it
 */
export function autoload(addOns: AddOns, script: string): Autoload {
  const all: [string, AddOn][] = [];
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
    for (const [name, { selector }] of all)
      if (selector && !context.features.has(name) && nodes.some((node) => holds(node, selector))) load(name, context);
  };
  // What stands around the view, links for one, counts as well.
  const lookAround = (context: FeatureContext): void => look([document.documentElement], context);
  const frames: Record<string, NonNullable<Feature['frames']>[string]> = {};
  const add: Autoload['add'] = (more, context) => {
    const entries = Object.entries(more);
    all.push(...entries);
    for (const [name, { frames: types = [] }] of entries) {
      for (const type of types) {
        const others = frames[type];
        frames[type] = async (frame, context) => {
          others?.(frame, context);
          if (context.features.has(name)) return;
          await load(name, context);
          const came = context.features.get(name);
          // One without frames has named others that take it.
          if (came) (came.frames ?? frames)[type]?.(frame, context);
        };
      }
    }
    whenReady(() => {
      for (const [name, { isUrgent }] of entries) if (isUrgent?.()) load(name, context);
      // Beside the handshake: a click that comes early shall find them.
      lookAround(context);
    });
  };
  return {
    name: 'autoload',
    frames,
    add,
    install(context) {
      add(addOns, context);
      context.on('djust:view-mounted', () => lookAround(context));
      // A user needs a moment before the new can be used; the patch does not wait for a search.
      context.on('djust:patched', ({ detail }) => context.clock.after(0, () => look(detail.added, context)));
    },
  };
}

const holds = (node: Node, selector: string): boolean =>
  node instanceof Element && (node.matches(selector) || node.querySelector(selector) !== null);
