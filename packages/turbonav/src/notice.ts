import { LIMITS } from './config.ts';
import type { FailureDetail, FailureReason } from './events.ts';

const TEXTS: Record<FailureReason, string> = {
  offline: 'You are offline. The page could not be loaded.',
  timeout: 'The page takes too long to come.',
  network: 'The page could not be loaded.',
};

const STYLES =
  '@layer turbonav{#turbonav-progress,#turbonav-failure{position:fixed;inset:0 0 auto;z-index:2000}' +
  '#turbonav-progress{height:3px;background:#2f6fde;transform-origin:0 0;animation:turbonav-progress 12s cubic-bezier(0,.9,.4,1) both}' +
  '#turbonav-failure{padding:.7rem 1rem;background:#8a1c1c;color:#fff;font:1rem/1.4 system-ui;display:flex;gap:1rem;justify-content:center}' +
  '#turbonav-failure button{font:inherit}' +
  '#turbonav-status{position:fixed;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}' +
  '@keyframes turbonav-progress{from{transform:scaleX(.02)}to{transform:scaleX(.95)}}' +
  '@media(prefers-reduced-motion:reduce){#turbonav-progress{animation:none;opacity:.6}}}';

/** What the user sees and hears of a navigation. It stands beside the region, so it survives the swap. */
export class Notice {
  _hasStyles = false;
  _timer = 0;
  _bar: HTMLElement | undefined;

  /** A bar, if it takes long. */
  begin(): void {
    this.end();
    document.getElementById('turbonav-failure')?.remove();
    this._timer = setTimeout(() => {
      this._bar = this._add('turbonav-progress', 'progressbar');
      this._bar.ariaLabel = 'Loading';
    }, LIMITS.progressMs);
  }

  end(): void {
    clearTimeout(this._timer);
    this._bar?.remove();
    this._bar = undefined;
  }

  /** Tells assistive technology which page is there now. */
  announce(text: string): void {
    const status = document.getElementById('turbonav-status') ?? this._add('turbonav-status', 'status');
    status.textContent = text;
  }

  fail({ reason, retry }: FailureDetail): void {
    const box = this._add('turbonav-failure', 'alert');
    const text = document.createElement('span');
    text.textContent = TEXTS[reason];
    box.append(text);
    if (retry) box.append(button('Try again', retry));
    box.append(button('Dismiss', () => box.remove()));
  }

  _add(id: string, role: string): HTMLElement {
    if (!this._hasStyles) {
      // A constructed sheet, which a strict policy allows; low in the cascade, so that the site's rules win.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLES);
      document.adoptedStyleSheets.push(sheet);
      this._hasStyles = true;
    }
    document.getElementById(id)?.remove();
    const element = document.createElement('div');
    element.id = id;
    element.role = role;
    document.body.append(element);
    return element;
  }
}

function button(text: string, run: () => void): HTMLElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.textContent = text;
  element.addEventListener('click', run);
  return element;
}
