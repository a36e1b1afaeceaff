import { DjustError, faultOf } from '@djust/protocol';
import type { Directive } from '../context.ts';
import { isDev } from '../lib/dev.ts';

/** Directives by the DOM event that they wait for. In development two claims on one attribute are an error. */
export class DirectiveRegistry {
  readonly _byEvent: Map<string, Directive[]> = new Map();

  /** Answers the DOM events that were not listened for before. */
  add(directives: readonly Directive[]): string[] {
    const fresh: string[] = [];
    for (const directive of directives) {
      if (isDev) checkFree(directive.attribute, this._byEvent.values());
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

function checkFree(attribute: string, taken: Iterable<readonly Directive[]>): void {
  const isTaken = [...taken].flat().some((other) => other.attribute === attribute);
  if (isTaken) throw new DjustError(faultOf('client/duplicate-directive', attribute));
}
