interface Rules {
  createHTML(text: string): string;
  createScript(text: string): string;
  createScriptURL(text: string): string;
}

let policy: Rules | undefined;

const asIs = (text: string): string => text;

/**
 * The one Trusted Types policy: a page whose headers ask for Trusted Types names it, `trusted-types turbonav`. What passes
 * is a page of our own origin and its scripts, which the browser would run as they are if it had loaded the page itself.
 */
export function trusted(): Rules {
  const rules: Rules = { createHTML: asIs, createScript: asIs, createScriptURL: asIs };
  const { trustedTypes } = globalThis as { trustedTypes?: { createPolicy(name: string, rules: Rules): Rules } };
  policy ??= trustedTypes?.createPolicy('turbonav', rules) ?? rules;
  return policy;
}

export const parsePage = (html: string): Document =>
  new DOMParser().parseFromString(trusted().createHTML(html), 'text/html');
