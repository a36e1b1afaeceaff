interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createHTML(text: string): string }): { createHTML(text: string): string };
}

let policy: { createHTML(text: string): string } | undefined;

/**
 * The one Trusted Types policy and the only place where a string becomes nodes. What comes in is HTML that the server
 * rendered and escaped; nothing from the page or its user gets here.
 */
function trusted(html: string): string {
  const factory = (globalThis as { trustedTypes?: TrustedTypesFactory }).trustedTypes;
  policy ??= factory?.createPolicy('djust', { createHTML: (text) => text }) ?? { createHTML: (text) => text };
  return policy.createHTML(html);
}

const XHTML = 'http://www.w3.org/1999/xhtml';

/** HTML → nodes, as they would be inside `context`: table rows in a table, circles in an SVG. Scripts stay inert. */
export function parseHtml(html: string, context: Element): DocumentFragment {
  const template = document.createElement('template');
  const isForeign = context.namespaceURI !== XHTML && context.localName !== 'foreignObject';
  if (!isForeign) {
    template.innerHTML = trusted(html);
    return template.content;
  }
  const wrapper = context.namespaceURI?.endsWith('svg') ? 'svg' : 'math';
  template.innerHTML = trusted(`<${wrapper}>${html}</${wrapper}>`);
  const range = document.createRange();
  range.selectNodeContents(template.content.firstChild as Element);
  return range.extractContents();
}
