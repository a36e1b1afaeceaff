/** Says by its name whether the value of a field must not leave the server. */
export type IsSecret = (name: string) => boolean;

/** Names of such fields, as long as a server has no rule of its own. */
const SECRET = /password|token|secret|api_?key|ssn/i;

export const isSecret: IsSecret = (name) => SECRET.test(name);

/** By a rule of the server's own. One with a flag that remembers would let every second secret through. */
export function secretsBy(rule: RegExp | undefined): IsSecret {
  if (!rule) return isSecret;
  const fresh = new RegExp(rule.source, rule.flags.replace(/[gy]/g, ''));
  return (name) => fresh.test(name);
}
