import { LIMITS } from './config.ts';
import type { FailureDetail } from './events.ts';

const STYLES =
  '@layer turbonav{#turbonav-progress,#turbonav-failure{position:fixed;inset:0 0 auto;z-index:2000}' +
  '#turbonav-progress{width:100%;height:4px}' +
  '#turbonav-failure{padding:.7rem;background:#812;color:#fff;text-align:center}' +
  '#turbonav-status{position:fixed;clip-path:inset(50%)}}';

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
      this._bar = this._add('turbonav-progress', 'progress');
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
    const status = document.getElementById('turbonav-status') ?? this._add('turbonav-status', 'output');
    status.textContent = text;
  }

  fail({ reason, retry }: FailureDetail): void {
    const box = this._add('turbonav-failure', 'div');
    box.role = 'alert';
    box.append(reason === 'offline' ? 'You are offline.' : 'The page could not be loaded.');
    if (!retry) return;
    const button = document.createElement('button');
    button.textContent = 'Try again';
    button.addEventListener('click', retry);
    box.append(button);
  }

  _add(id: string, tag: string): HTMLElement {
    if (!this._hasStyles) {
      // A constructed sheet, which a strict policy allows; low in the cascade, so that the site's rules win.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLES);
      document.adoptedStyleSheets.push(sheet);
      this._hasStyles = true;
    }
    document.getElementById(id)?.remove();
    const element = document.createElement(tag);
    element.id = id;
    document.body.append(element);
    return element;
  }
}
