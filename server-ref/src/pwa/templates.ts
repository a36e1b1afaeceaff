import { html, type TemplateResult } from '../view/html.ts';

export interface PwaHeadOptions {
  readonly manifest?: string;
  readonly themeColor?: string;
  /** Address of the worker; none leaves it out. */
  readonly worker?: string;
  /** `auto` brings a new version in as soon as no tab would lose anything; `prompt` waits for the banner. */
  readonly update?: 'auto' | 'prompt';
  /** Address of djust-sw.min.js. */
  readonly script?: string;
}

/** What a page that can be installed has in its head. */
export const pwaHead = ({
  manifest = '/manifest.webmanifest',
  themeColor,
  ...rest
}: PwaHeadOptions = {}): TemplateResult => html`
  <link rel="manifest" href=${manifest}>
  ${themeColor === undefined ? '' : html`<meta name="theme-color" content=${themeColor}>`}
  ${swRegister(rest)}`;

/** Registers the worker and starts the page's side of it. */
export const swRegister = ({
  worker = '/sw.js',
  update = 'prompt',
  script = '/djust/djust-sw.min.js',
}: PwaHeadOptions = {}): TemplateResult => html`
  <meta name="djust-sw" content=${worker} data-update=${update}>
  <script src=${script} defer></script>`;

/** Said while there is no connection. */
export const offlineIndicator = (text: unknown = 'You are offline.'): TemplateResult =>
  html`<p role="status" class="dj-offline" dj-offline-show hidden>${text}</p>`;

/** One thing for those who are online, another for those who are not. Without scripts the first is seen. */
export const offlineFallback = (online: unknown, offline: unknown): TemplateResult => html`
  <div dj-offline-hide>${online}</div>
  <div dj-offline-show hidden>${offline}</div>`;

/** Seen only where the browser would install the site now. */
export const installButton = (text: unknown = 'Install'): TemplateResult =>
  html`<button type="button" dj-install hidden>${text}</button>`;

/** Seen when a new version waits. */
export const updateBanner = (text: unknown = 'A new version is ready.', action: unknown = 'Load it'): TemplateResult =>
  html`<p role="status" class="dj-update" dj-update-banner hidden>${text} <button type="button" dj-update-apply>${action}</button></p>`;
