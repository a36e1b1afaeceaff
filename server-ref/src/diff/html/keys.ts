/**
 * What an element is known by among its siblings. One object for all elements of one key, so that lists are compared
 * without looking texts up.
 */
export class Key {
  readonly text: string;
  /** The comparison that met it last, and the place it has in that. */
  level = 0;
  place = 0;

  constructor(text: string) {
    this.text = text;
  }

  stand(level: number, place: number): void {
    this.level = level;
    this.place = place;
  }
}

/** The keys of one view. */
export class KeyBook {
  readonly #byText = new Map<string, Key>();
  #level = 0;

  named(text: string): Key {
    const known = this.#byText.get(text);
    if (known) return known;
    const key = new Key(text);
    this.#byText.set(text, key);
    return key;
  }

  /** A number for a comparison of two lists. */
  nextLevel(): number {
    return ++this.#level;
  }
}
