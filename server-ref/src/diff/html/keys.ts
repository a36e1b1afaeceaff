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

/** So many are kept without a look at which are still there. */
const MIN_LIMIT = 64;

/** The keys of one view. */
export class KeyBook {
  readonly #byText = new Map<string, Key>();
  #limit = MIN_LIMIT;
  #level = 0;

  get size(): number {
    return this.#byText.size;
  }

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

  /** All keys are in use now: the next look comes when there are twice as many. */
  settle(): void {
    this.#limit = Math.max(MIN_LIMIT, 2 * this.#byText.size);
  }

  /**
   * Forgets what has left the page, when the book has grown much.
   * @param tellAll  tells each key that is in use
   */
  tidy(tellAll: (keep: (key: Key) => void) => void): void {
    if (this.#byText.size <= this.#limit) return;
    this.#byText.clear();
    tellAll((key) => void this.#byText.set(key.text, key));
    this.settle();
  }
}
