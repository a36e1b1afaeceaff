/**
 * Is this Origin ours, or one that the configuration names? Whole strings are compared, never parts of them.
 * @param own  scheme, host and port under which this server was asked. Behind a proxy that ends TLS it is not what the
 *             browser sees; then the public origin belongs into `allowed`
 */
export function isAllowedOrigin(origin: string | null, own: string, allowed: readonly string[]): boolean {
  return origin !== null && origin !== 'null' && (origin === own || allowed.includes(origin));
}

/** Headers of every page: nothing runs that the site did not ship as a file of its own. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types djust djust-sw turbonav',
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
