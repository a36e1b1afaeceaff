import type { Json, JsonObject, PushEventFrame } from '@djust/protocol';
import type { Feature, FeatureContext } from '../context.ts';

type Command = [op: string, args: JsonObject];

const TRANSITION_MS = 200;

/**
 * Commands that run in the page without asking the server: `dj-click='[["show", {"to": "#menu"}]]'`, `djust.js` for
 * scripts, and what the server pushes as `djust:exec` or `djust:trigger-submit`. @see wire spec 10.3
 */
export const commands: Feature = {
  name: 'commands',
  frames: {
    push_event: (frame, context) => {
      const { event, payload } = frame as PushEventFrame;
      if (event === 'djust:exec') run(payload.ops, document.body, context);
      if (event !== 'djust:trigger-submit') return;
      const form = document.querySelector<HTMLFormElement>(String(payload.selector ?? `#${payload.form_id}`));
      // Only a form that says so may be sent past the view.
      if (form?.hasAttribute('dj-trigger-action')) form.submit();
    },
  },
  install(context) {
    const { signal, on } = context;
    document.addEventListener(
      'click',
      (event) => {
        const element = (event.target as Element).closest?.('[dj-click^="["]');
        if (!element || !context.root()?.contains(element)) return;
        event.preventDefault();
        run(parse(element.getAttribute('dj-click') as string), element, context);
      },
      { signal },
    );
    // It is no handler name, which the directive tells; here somebody knows what it is.
    on('djust:error', (event) => event.detail.at?.startsWith('dj-click="[') && event.preventDefault());
    const page = globalThis as unknown as { djust?: { js?: unknown } };
    page.djust ??= {};
    page.djust.js = { chain: () => chain([], context) };
  },
};

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

/** A command that cannot be carried out is reported; what came with it goes on. */
function run(list: Json | undefined, origin: Element, context: FeatureContext): void {
  try {
    for (const [op, args] of list as unknown as Command[])
      for (const element of targets(args, origin))
        act(op.replace(/[A-Z]/g, '_$&').toLowerCase(), args, element, context);
  } catch (error) {
    reportError(error);
  }
}

function targets({ to, inner, closest }: JsonObject, origin: Element): Element[] {
  if (to) return [...document.querySelectorAll(`${to}`)];
  if (inner) return [...origin.querySelectorAll(`${inner}`)];
  const found = closest ? origin.closest(`${closest}`) : origin;
  return found ? [found] : [];
}

function act(op: string, args: JsonObject, element: Element, context: FeatureContext): void {
  const names = `${args.names ?? ''}`.split(/\s+/).filter(Boolean);
  const [name, value] = [args.attr].flat() as string[];
  const { style } = element as HTMLElement;
  const show = (isOn: boolean): void => {
    style.display = isOn ? `${args.display ?? ''}` : 'none';
    if (isOn) element.removeAttribute('hidden');
    element.dispatchEvent(new CustomEvent(isOn ? 'djust:show' : 'djust:hide', { bubbles: true }));
  };
  if (op === 'show' || op === 'hide') show(op === 'show');
  else if (op === 'toggle') show(!(element as HTMLElement).checkVisibility());
  else if (op === 'add_class') element.classList.add(...names);
  else if (op === 'remove_class') element.classList.remove(...names);
  else if (op === 'transition') {
    element.classList.add(...names);
    context.clock.after(Number(args.time ?? TRANSITION_MS), () => element.classList.remove(...names));
  } else if (op === 'set_attr' && !/^on/i.test(name ?? 'on')) element.setAttribute(name as string, value ?? '');
  else if (op === 'remove_attr') element.removeAttribute(name as string);
  else if (op === 'focus') (element as HTMLElement).focus();
  else if (op === 'dispatch')
    element.dispatchEvent(
      new CustomEvent(`${args.event}`, { detail: args.detail ?? null, bubbles: args.bubbles !== false }),
    );
  else if (op === 'push') void context.push(`${args.event}`, (args.value as JsonObject) ?? {}, { element });
}

const FIRST: Record<string, string> = { push: 'event', dispatch: 'event', setAttr: 'attr', removeAttr: 'attr' };

/** `djust.js.chain().show('#menu').addClass('on', { to: '#menu' }).exec(element)`: each call answers a longer chain. */
function chain(list: readonly Command[], context: FeatureContext): object {
  return new Proxy(
    {
      exec: (origin: Element = document.body) => run(list as unknown as Json, origin, context),
      toString: () => JSON.stringify(list),
    },
    {
      get: (own, op) =>
        Reflect.get(own, op) ??
        ((first: Json, ...more: Json[]) => {
          const key = FIRST[String(op)] ?? (/class|transition/i.test(String(op)) ? 'names' : 'to');
          const options = more.pop();
          const args = { ...(options as JsonObject), [key]: first };
          if (op === 'setAttr') args.attr = [first, more[0] ?? options ?? ''] as Json[];
          return chain([...list, [String(op), args]], context);
        }),
    },
  );
}
