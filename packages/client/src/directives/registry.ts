import { DjustError, faultOf } from '@djust/protocol';
import type { Directive } from '../context.ts';
import { isDev } from '../lib/dev.ts';

/** Attribute → directive, grouped by the DOM event that they wait for. In development two claims on one are an error. */
export class DirectiveRegistry {
  readonly _byEvent: Map<string, Directive[]> = new Map();
  readonly _attributes: Set<string> = new Set();

  /** Answers the DOM events that were not listened for before. */
  add(directives: readonly Directive[]): string[] {
    const fresh: string[] = [];
    for (const directive of directives) {
      if (isDev && this._attributes.has(directive.attribute)) {
        throw new DjustError(faultOf('client/duplicate-directive', directive.attribute));
      }
      this._attributes.add(directive.attribute);
      const list = this._byEvent.get(directive.on);
      if (list) list.push(directive);
      else {
        this._byEvent.set(directive.on, [directive]);
        fresh.push(directive.on);
      }
    }
    return fresh;
  }

  forEvent(type: string): readonly Directive[] {
    return this._byEvent.get(type) ?? [];
  }

  get events(): string[] {
    return [...this._byEvent.keys()];
  }
}
