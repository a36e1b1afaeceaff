import { DjustError, faultOf } from '@djust/protocol';
import type { Directive } from '../context.ts';
import { isDev } from '../lib/dev.ts';

/** The directives of a client. In development two claims on one attribute are an error. */
export class DirectiveRegistry {
  readonly _all: Directive[] = [];

  /** Answers the DOM events that they wait for. */
  add(directives: readonly Directive[]): string[] {
    for (const directive of directives) {
      if (isDev) checkFree(directive.attribute, this._all);
      this._all.push(directive);
    }
    return directives.map(({ on }) => on);
  }

  forEvent(type: string): readonly Directive[] {
    return this._all.filter(({ on }) => on === type);
  }

  get events(): string[] {
    return this._all.map(({ on }) => on);
  }
}

function checkFree(attribute: string, taken: readonly Directive[]): void {
  if (taken.some((other) => other.attribute === attribute))
    throw new DjustError(faultOf('client/duplicate-directive', attribute));
}
