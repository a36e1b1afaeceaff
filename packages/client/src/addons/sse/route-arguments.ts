/** What a path says at the places that its route leaves open, `{ id: '5' }` for `/shop/5/` of `/shop/:id/`. */
export function routeArguments(path: string): Record<string, string> {
  const { _routeMap = {} } = ((globalThis as { djust?: unknown }).djust ?? {}) as { _routeMap?: object };
  for (const route of Object.keys(_routeMap)) {
    // `:id` is any text without a slash; all else stands for itself.
    const pattern = route.replace(/[^\w/:-]/g, '\\$&').replace(/:(\w+)/g, '(?<$1>[^/]+)');
    const found = new RegExp(`^${pattern}$`).exec(decodeURI(path));
    if (found) return { ...found.groups };
  }
  return {};
}
