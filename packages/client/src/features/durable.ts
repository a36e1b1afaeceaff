import { type Durable, type DurableSession, KEPT } from '../lib/durable.ts';

/** Did some page leave word that it has stored something? Storage can be forbidden; then none did. */
export function isKept(): boolean {
  try {
    return !!(sessionStorage[KEPT] || localStorage[KEPT]);
  } catch {
    return false;
  }
}

/** Gives add-ons the session whose events they keep. */
export const durable = (session: () => DurableSession | undefined): Durable => ({
  name: 'durable',
  get session() {
    return session();
  },
});
