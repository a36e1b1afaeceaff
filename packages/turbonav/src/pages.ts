/** A page that the user left, as it was: its nodes with all that was typed, ticked and opened. In memory alone. */
export interface KeptPage {
  readonly content: DocumentFragment;
  /** The region as the server sent it, without its content, in the document that it came in: both say what the page is like. */
  readonly root: Element;
  readonly title: string;
  readonly focused: Element | null;
}

/** The last `most` things; the oldest goes. */
export function remember<T>(things: Map<string, T>, name: string, thing: T, most: number): T | undefined {
  things.delete(name);
  things.set(name, thing);
  const [oldest] = things;
  if (!oldest || things.size <= most) return undefined;
  things.delete(oldest[0]);
  return oldest[1];
}
