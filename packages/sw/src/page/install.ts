/** Chromium's offer to install the site; other browsers have it in their menu. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

/** Shows the `[dj-install]` buttons while the browser would install the site, and lets them ask for it. */
export function installButtons(signal: AbortSignal): void {
  let offer: InstallOffer | undefined;
  const show = (): void => {
    for (const button of document.querySelectorAll<HTMLElement>('[dj-install]')) button.hidden = !offer;
  };
  addEventListener(
    'beforeinstallprompt',
    (event) => {
      event.preventDefault();
      offer = event as InstallOffer;
      show();
    },
    { signal },
  );
  const used = (): void => {
    offer = undefined;
    show();
  };
  addEventListener('appinstalled', used, { signal });
  document.addEventListener(
    'click',
    (event) => {
      if (!offer || !(event.target instanceof Element) || !event.target.closest('[dj-install]')) return;
      void offer.prompt();
      used();
    },
    { signal },
  );
  show();
}
