/** Path or pattern → view: `{"/shop/:id/": "shop.item"}`. */
type Routes = Readonly<Record<string, string>>;

/** The view of a path, by the routes that the page brought; nothing when it has none. Parts with a colon fit any text. */
export function viewAt(path: string): string | undefined {
  const routes = readRoutes();
  return routes[path] ?? Object.entries(routes).find(([pattern]) => fits(pattern, path))?.[1];
}

/** `<meta name="djust-routes" content="{…}">` of our server, `window.djust._routeMap` of djust. */
function readRoutes(): Routes {
  const { _routeMap } = ((globalThis as { djust?: unknown }).djust ?? {}) as { _routeMap?: Routes };
  const meta = document.querySelector<HTMLMetaElement>('[name=djust-routes]');
  try {
    return { ..._routeMap, ...JSON.parse(meta?.content ?? '{}') };
  } catch {
    return { ..._routeMap };
  }
}

function fits(pattern: string, path: string): boolean {
  const parts = path.split('/');
  const wanted = pattern.split('/');
  const isFitting = (want: string, at: number): boolean =>
    want.startsWith(':') ? parts[at] !== '' : want === parts[at];
  return wanted.length === parts.length && wanted.every(isFitting);
}
