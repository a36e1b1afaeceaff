import { LIMITS } from './config.ts';
import { settled } from './head.ts';
import { trusted } from './html.ts';

const RUNS = /^(|module|(text|application)\/(java|ecma)script)$/i;

/** Addresses of the scripts that ran in this document, and texts that run once in it. */
const ran = new Set<string>();

export function noteScripts(): void {
  for (const script of document.scripts) ran.add(keyOf(script));
}

/** The nonce of the document, which stays in force however many pages it shows; scripts can read it, selectors cannot. */
export const pageNonce = (): string => document.querySelector<HTMLElement>('script[nonce]')?.nonce ?? '';

/**
 * Runs the scripts below `root`, in their order, one after the other like a parser does. A script with an address runs
 * once in a document, also when a later page names it again, and so does one of the head or one with `data-dj-once`; any
 * other text runs once for each page, and with `data-turbonav-rerun` so does any script. A text must bear a
 * nonce of its page's policy if the document has one, or what somebody smuggled into the page would get ours.
 *
 * @param nonces  that the policy of the page names
 */
export async function runScripts(root: ParentNode, nonces: readonly string[], isCurrent: () => boolean): Promise<void> {
  const nonce = pageNonce();
  for (const inert of [...root.querySelectorAll('script')]) {
    if (!isCurrent()) return;
    if (!RUNS.test(inert.type)) continue;
    // The attribute is empty in a page with a policy, so that selectors cannot read it.
    const given = inert.nonce;
    if (isDone(inert)) continue;
    if (!inert.src && nonce && given !== nonce && !nonces.includes(given)) {
      // biome-ignore lint/suspicious/noConsole: who wrote the page looks here, where the browser would say it too
      console.warn('turbonav: an inline script without the nonce of its page was not run', inert);
      continue;
    }
    const script = copyOf(inert, given && nonce);
    const isAwaited = script.src !== '' && !inert.async && script.type !== 'module';
    const done = isAwaited ? settled(script, LIMITS.scriptMs) : undefined;
    if (inert.ownerDocument === document) inert.replaceWith(script);
    else document.head.append(script);
    await done;
  }
}

function isDone(script: HTMLScriptElement): boolean {
  const isInHead = script.ownerDocument !== document;
  if (script.matches('[data-turbonav-rerun], :not([src], [data-dj-once])') && !isInHead) return false;
  const hasRun = ran.has(keyOf(script));
  ran.add(keyOf(script));
  return hasRun;
}

const keyOf = ({ src, text }: HTMLScriptElement): string => src || `#${text}`;

/** A parsed script never runs; one that was made by a script does. */
function copyOf(inert: HTMLScriptElement, nonce: string): HTMLScriptElement {
  const script = document.createElement('script');
  for (const { name, value } of inert.attributes) if (name !== 'src') script.setAttribute(name, value);
  // Made by a script they would be async, and overtake each other.
  script.async = inert.async;
  script.nonce = nonce;
  if (inert.src) script.src = trusted().createScriptURL(inert.src);
  else script.text = trusted().createScript(inert.text);
  return script;
}
