/** Changes the page, softly where the page asks for it as for loads by the browser: `<meta name="view-transition">`. */
export async function inTransition(change: () => void): Promise<void> {
  const isWanted = document.querySelector('meta[name="view-transition"][content="same-origin"]') !== null;
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (!isWanted || isCalm || !document.startViewTransition) return change();
  const transition = document.startViewTransition(change);
  // Skipped, because another one came; the page has changed all the same.
  for (const stage of [transition.ready, transition.finished]) stage.catch(() => {});
  await transition.updateCallbackDone;
}
