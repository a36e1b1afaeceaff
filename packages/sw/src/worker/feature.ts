/** A page that the browser is about to show. */
export interface Navigation {
  readonly event: FetchEvent;
  readonly url: URL;
  /** Back or forward. */
  readonly isHistory: boolean;
  /** The worker was started for it. */
  readonly hasWoken: boolean;
  /** When it began, in milliseconds of this worker's clock. */
  readonly startedAt: number;
}

/** What a feature may do on the way of a navigation; each step is asked in the order of the features. */
export interface NavigationSteps {
  /** Value of the Service-Worker-Navigation-Preload header; asked when it may have changed. */
  preloadHeader?(): Promise<string>;
  /** A response that is on its way already. Decides at once; what it answers is handed over for good. */
  take?(navigation: Navigation): Promise<Response> | undefined;
  /** Headers for a request of the page that the worker makes itself. */
  headers?(): Promise<Record<string, string>>;
  /** On the way back the browser may answer out of its own cache: is this the page of an earlier user? */
  isStale?(response: Response): Promise<boolean>;
  /** A page that needs no network. */
  instead?(navigation: Navigation): Promise<Response | undefined>;
  /** Hears of every response to a page. */
  observe?(navigation: Navigation, response: Response): Promise<void> | void;
  /** Makes the page out of the response; there is one composer at most. */
  compose?(navigation: Navigation, network: Promise<Response>): Promise<Response>;
  /** A page in place of one that the network did not bring. */
  rescue?(navigation: Navigation): Promise<Response | undefined>;
}

/** A message of a page; the answer goes back to it. */
export type MessageHandler = (body: Readonly<Record<string, unknown>>, source: WindowClient) => unknown;

/** One ability of the worker. Nothing runs on import; the kernel calls. */
export interface WorkerFeature {
  readonly name: string;
  install?(): Promise<unknown>;
  activate?(): Promise<unknown>;
  /** Answers a request that is no navigation, or leaves it to the next feature. Decides at once. */
  fetch?(event: FetchEvent): Promise<Response> | undefined;
  readonly navigation?: NavigationSteps;
  readonly messages?: Readonly<Record<string, MessageHandler>>;
  sync?(tag: string): Promise<unknown> | undefined;
  /** The user is another one: forget everything that belongs to the earlier one. */
  forget?(): Promise<unknown> | void;
}
