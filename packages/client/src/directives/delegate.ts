import type { Directive } from '../context.ts';
import type { DirectiveRegistry } from './registry.ts';

/** A directive that a DOM event has met, on the element that bears it. */
export interface Met {
  directive: Directive;
  element: Element;
  /** Value of the attribute. */
  value: string;
}

/**
 * One listener per DOM event on the root, whatever the number of elements. It is told which directives the event meets
 * on its way up, the innermost of each kind.
 */
export function delegate(
  root: Element,
  registry: DirectiveRegistry,
  onMet: (met: Met, event: Event) => void,
  signal: AbortSignal,
): (type: string) => void {
  const listener = (event: Event): void => {
    const start = event.target instanceof Element ? event.target : null;
    if (!start) return;
    for (const directive of registry.forEvent(event.type)) {
      const element = start.closest(`[${directive.attribute}]`);
      if (!element || !root.contains(element)) continue;
      onMet({ directive, element, value: element.getAttribute(directive.attribute) ?? '' }, event);
    }
  };
  // A listener that is there already is not added twice.
  const listen = (type: string): void => root.addEventListener(type, listener, { signal });
  registry.events.forEach(listen);
  return listen;
}
