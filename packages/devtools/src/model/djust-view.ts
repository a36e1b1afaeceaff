/** The variables of the view as the last answer that told them has them. */
export function djustVariables(frame: Record<string, unknown>): Record<string, unknown> | undefined {
  const { _debug: debug } = frame;
  return isObject(debug) && isObject(debug.variables) ? debug.variables : undefined;
}

/** What the view may be asked for, as the page of a djust server in DEBUG tells. @see wire spec 11.1 */
export interface DjustHandler {
  readonly name: string;
  readonly params: readonly string[];
  readonly description: string;
}

export function djustHandlers(info: unknown): DjustHandler[] {
  const handlers = isObject(info) && isObject(info.handlers) ? info.handlers : {};
  return Object.entries(handlers)
    .filter((entry): entry is [string, Record<string, unknown>] => isObject(entry[1]))
    .map(([name, { params, description }]) => ({
      name,
      description: String(description ?? ''),
      params: (Array.isArray(params) ? params : []).filter(isObject).map((param) => {
        const fallback = param.required === true ? '' : ` = ${param.default ?? 'None'}`;
        return `${param.name}: ${param.type}${fallback}`;
      }),
    }));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
