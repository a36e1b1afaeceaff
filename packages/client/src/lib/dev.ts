declare const __DEV__: boolean;

/** Set by the build: true in development bundles, false in production ones. */
export const isDev: boolean = __DEV__;

/** A detail for developers; production bundles leave the text out. */
export const dev = (text: string): string | undefined => (isDev ? text : undefined);
