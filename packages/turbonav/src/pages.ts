import { LIMITS } from './config.ts';

/** A page that the user left, as it was: its nodes with all that was typed, ticked and opened. */
export interface KeptPage {
  readonly content: DocumentFragment;
  /** Head, language and body class as the server sent them. */
  readonly document: Document;
  readonly title: string;
  readonly focused: Element | null;
}

/** The pages behind the back button, the last few. In memory alone, and never one that its server wants no copy of. */
export class Pages {
  readonly _pages: Map<string, KeptPage> = new Map();

  keep(name: string, page: KeptPage): void {
    this._pages.set(name, page);
    if (this._pages.size > LIMITS.pages) this._pages.delete(this._pages.keys().next().value as string);
  }

  /** A page is shown once: its nodes are not copied. */
  take(name: string): KeptPage | undefined {
    const page = this._pages.get(name);
    this._pages.delete(name);
    return page;
  }

  clear(): void {
    this._pages.clear();
  }
}
