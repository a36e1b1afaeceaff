/** From a file to the files it imports, with the line of the import. */
export type Graph = ReadonlyMap<string, ReadonlyMap<string, number>>;

export interface Cycle {
  readonly file: string;
  readonly line: number;
  /** The files on the way, the first one again at the end. */
  readonly path: readonly string[];
}

/** One cycle for each import that closes one, found depth first; a graph without findings has no cycle at all. */
export function findCycles(graph: Graph): Cycle[] {
  const cycles: Cycle[] = [];
  const done = new Set<string>();
  const way: string[] = [];
  const walk = (file: string): void => {
    way.push(file);
    for (const [next, line] of graph.get(file) ?? []) {
      const start = way.indexOf(next);
      if (start >= 0) cycles.push({ file, line, path: [...way.slice(start), next] });
      else if (!done.has(next)) walk(next);
    }
    way.pop();
    done.add(file);
  };
  for (const file of graph.keys()) if (!done.has(file)) walk(file);
  return cycles;
}
