import type { Page } from '@playwright/test';

/** How a page of the gallery is used. Each way begins with a page that is live, and checks what comes of what it does. */
export interface Flow {
  readonly name: string;
  readonly path: string;
  mouse(page: Page): Promise<void>;
  /** The same without a pointer. */
  keyboard(page: Page): Promise<void>;
  /** In two tabs that are open at the same time. */
  tabs(first: Page, second: Page): Promise<void>;
  /** Something short that only works when the page is live, on a page that was used before and mounted again. */
  works(page: Page): Promise<void>;
  /** What can be read without a connection. */
  readable(page: Page): Promise<void>;
  /** What is there after the view was mounted anew under the page; what can be read, if nothing else is said. */
  recovered?(page: Page): Promise<void>;
  /** Types something that is not sent, and answers the check that it is still there. */
  typed?(page: Page): Promise<() => Promise<void>>;
}
