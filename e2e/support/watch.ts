import type { BrowserContext, Page } from '@playwright/test';

/** Listens to everything that a page should not say: console messages, uncaught errors, breaches of its policy. */
export class Watch {
  readonly #said: string[] = [];
  readonly #allowed: RegExp[] = [];

  /** Browsers write a failed connection to the console by themselves; a test that cuts it expects that. */
  static readonly CUT: RegExp =
    /WebSocket|ERR_CONNECTION|Failed to load resource|establish a connection|interrupted while/;

  async follow(context: BrowserContext): Promise<void> {
    // As a console message it is heard in every browser, whatever the page does afterwards.
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(
          `policy breached: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`,
        );
      });
    });
    for (const page of context.pages()) this.#followPage(page);
    context.on('page', (page) => this.#followPage(page));
  }

  allow(...patterns: RegExp[]): void {
    this.#allowed.push(...patterns);
  }

  /** What was said and not allowed. */
  get said(): string[] {
    return this.#said.filter((line) => !this.#allowed.some((pattern) => pattern.test(line)));
  }

  #followPage(page: Page): void {
    page.on('console', (message) => this.#said.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => this.#said.push(`uncaught: ${error.stack ?? error.message}`));
  }
}
