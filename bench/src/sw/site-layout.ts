import { createHash } from 'node:crypto';

const MARK = '<!--djust:main-->';

/** The document around the pages of the site. Another build has another frame. */
export class Layout {
  readonly build: string;
  readonly shell: string;
  /** `app=hash`, as the worker holds it. */
  readonly id: string;

  constructor(build: string) {
    this.build = build;
    this.shell = this.whole('', MARK);
    this.id = `app=${createHash('sha256').update(this.shell).digest('hex').slice(0, 16)}`;
  }

  whole(title: string, main: string): string {
    return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">${title}
<meta name="djust-sw" content="/sw.js" data-update="auto"><script src="/djust-sw.js" defer></script></head>
<body><header id="top">Site, build <b id="build">${this.build}</b></header><main>${main}</main><footer>The end.</footer></body></html>`;
  }
}
