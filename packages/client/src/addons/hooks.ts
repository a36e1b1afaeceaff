import type { JsonObject, PushEventFrame } from '@djust/protocol';
import type { Feature, FeatureContext } from '../context.ts';

type Callback = (...args: unknown[]) => unknown;

/** What a page registers as `djust.hooks.Name` or `DjustHooks.Name`. */
type HookDefinition = Partial<
  Record<'mounted' | 'beforeUpdate' | 'updated' | 'destroyed' | 'disconnected' | 'reconnected', Callback>
>;

interface Hook extends HookDefinition {
  el: Element;
}

interface ActiveHook {
  hook: Hook;
  /** By event of the server. */
  handlers: Map<string, Callback[]>;
  /** Tells whether a patch touched the element. */
  observer: MutationObserver;
}

const active: Map<Element, ActiveHook> = new Map();
const EVERYTHING = { attributes: true, childList: true, characterData: true, subtree: true };

/** `dj-hook="Chart"`: scripts of the page that follow the life of an element. Pushes of the server reach them by name. */
export const hooks: Feature = {
  name: 'hooks',
  frames: {
    push_event: (frame) => {
      const { event, payload } = frame as PushEventFrame;
      dispatchEvent(new CustomEvent('djust:push_event', { detail: { event, payload } }));
      for (const { handlers } of active.values())
        for (const handle of handlers.get(event) ?? []) attempt(() => handle(payload));
    },
  },
  install(context) {
    const { on, signal, isLive } = context;
    let isAway = false;
    const tell = (name: keyof HookDefinition): void => {
      for (const { hook } of active.values()) attempt(() => hook[name]?.());
    };
    const look = (): void => {
      for (const element of document.querySelectorAll('[dj-hook]')) if (!active.has(element)) begin(element, context);
    };
    on('djust:before-patch', () => {
      tell('beforeUpdate');
      // What scripts of the page have written before is no update.
      for (const { observer } of active.values()) observer.takeRecords();
    });
    on('djust:patched', () => {
      for (const [element, { hook, observer }] of active) {
        const isTouched = observer.takeRecords().length > 0;
        if (!element.isConnected) end(element);
        else if (isTouched) attempt(() => hook.updated?.());
      }
      look();
    });
    on('djust:phase-changed', ({ detail: { phase } }) => {
      if (phase !== 'waiting' || isAway) return;
      isAway = true;
      tell('disconnected');
    });
    on('djust:view-mounted', () => {
      if (isAway) tell('reconnected');
      isAway = false;
      look();
    });
    on('djust:view-unmounted', ({ detail }) =>
      [...active.keys()].filter((el) => detail.root.contains(el)).forEach(end),
    );
    signal.addEventListener('abort', () => [...active.keys()].forEach(end));
    // Before the mount its HTML is still to come in.
    if (isLive()) look();
  },
};

function begin(el: Element, { push }: FeatureContext): void {
  const page = globalThis as unknown as {
    DjustHooks?: Record<string, HookDefinition>;
    djust: { hooks?: Record<string, HookDefinition>; js?: { chain(): unknown } };
  };
  const name = el.getAttribute('dj-hook') ?? '';
  // A script that comes later may still bring it.
  const definition = page.djust.hooks?.[name] ?? page.DjustHooks?.[name];
  if (!definition) return;
  const handlers: ActiveHook['handlers'] = new Map();
  const target = (named: string): string => `[dj-hook-target="${CSS.escape(named)}"]`;
  const hook: Hook = Object.assign(Object.create(definition), {
    el,
    viewName: el.closest('[dj-view]')?.getAttribute('dj-view') ?? '',
    pushEvent: (event: string, params: JsonObject = {}) => push(event, params),
    handleEvent: (event: string, handle: Callback) => handlers.set(event, [...(handlers.get(event) ?? []), handle]),
    js: () => page.djust.js?.chain(),
    values: new Proxy({}, { get: (_, key) => hookValue(el, String(key)) }),
    target: (named: string) => el.querySelector(target(named)),
    targets: (named: string) => [...el.querySelectorAll(target(named))],
  });
  const observer = new MutationObserver(() => {});
  observer.observe(el, EVERYTHING);
  active.set(el, { hook, handlers, observer });
  attempt(() => hook.mounted?.());
}

function end(element: Element): void {
  const { hook, observer } = active.get(element) as ActiveHook;
  observer.disconnect();
  active.delete(element);
  attempt(() => hook.destroyed?.());
}

/** `dj-hook-value-max-size="5"` is `values.maxSize`, as JSON where it is JSON. */
function hookValue(element: Element, key: string): unknown {
  const text = element.getAttribute(`dj-hook-value-${key.replace(/[A-Z]/g, '-$&').toLowerCase()}`) ?? undefined;
  try {
    return text && JSON.parse(text);
  } catch {
    return text;
  }
}

/** A mistake in a hook is the page's own; it is reported and keeps nothing from going on. */
function attempt(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    reportError(error);
  }
}
