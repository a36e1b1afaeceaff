import type { ClientExt, ExtFeature } from '@djust/protocol';
import type { SessionRecord } from '../state/store.ts';
import type { Principal } from '../view/define-view.ts';
import type { Visit } from './context.ts';

/** Who asks for a session that is there already. */
export interface Claim {
  readonly ext: ClientExt;
  /** What both sides speak. */
  readonly features: readonly ExtFeature[];
  readonly principal: Principal | null;
}

/** Whose session it is: the person, and the tab that came first. */
export class Visitor {
  visit: Visit;
  /** Null until a browser came. */
  clientId: string | null = null;
  /** Did a browser ever come? */
  wasHere = false;

  constructor(visit: Visit) {
    this.visit = visit;
  }

  static restored({ url, params, principalId, clientId }: SessionRecord): Visitor {
    const visitor = new Visitor({ url, params, principal: principalId === null ? null : { id: principalId } });
    visitor.clientId = clientId;
    visitor.wasHere = clientId !== null;
    return visitor;
  }

  /** May this client take the session over? Another tab may not, nor another person, nor one without the feature for it. */
  claim({ ext, features, principal }: Claim): boolean {
    const isOurs = this.clientId === null || this.clientId === ext.client_id;
    const isSame = (principal?.id ?? null) === (this.visit.principal?.id ?? null);
    if (!isOurs || !isSame || !features.includes(this.wasHere ? 'resume' : 'adopt')) return false;
    this.clientId = ext.client_id;
    // The same person, but what they may do can have changed since.
    this.visit = { ...this.visit, principal };
    return true;
  }

  comes(ext: ClientExt | undefined): void {
    this.clientId = ext?.client_id ?? '';
    this.wasHere = true;
  }
}
