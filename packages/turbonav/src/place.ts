/** Brings the user to where the new page begins: to the part that the hash names, or to its top. */
export function goToStart(hash: string): void {
  const target = hash && document.getElementById(decode(hash.slice(1)));
  if (target) target.scrollIntoView();
  else scrollTo(0, 0);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The keyboard goes on where the page wants it, or at the beginning of the region. */
export function focusRegion(region: HTMLElement, focused: Element | null = null): void {
  const wanted = focused?.isConnected ? focused : region.querySelector('[autofocus]');
  const target = (wanted ?? region) as HTMLElement;
  if (!wanted && !region.hasAttribute('tabindex')) region.tabIndex = -1;
  target.focus({ preventScroll: true });
}
