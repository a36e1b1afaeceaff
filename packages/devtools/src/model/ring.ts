/** The newest of what was put in, within a count and a weight. Reading is by place: 0 is the oldest that is left. */
export class Ring<T> {
  #items: T[] = [];
  #weight = 0;
  /** How many were let go. */
  dropped = 0;
  /** Another one begins when everything is let go at once. */
  generation = 0;
  #most: number;
  readonly #mostWeight: number;
  readonly #weigh: (item: T) => number;

  constructor(most: number, mostWeight: number = Number.POSITIVE_INFINITY, weigh: (item: T) => number = () => 0) {
    this.#most = most;
    this.#mostWeight = mostWeight;
    this.#weigh = weigh;
  }

  get items(): readonly T[] {
    return this.#items;
  }

  get weight(): number {
    return this.#weight;
  }

  /** Another count from now on. */
  set most(most: number) {
    this.#most = most;
    this.#trim();
  }

  push(item: T): void {
    this.#items.push(item);
    this.#weight += this.#weigh(item);
    this.#trim();
  }

  #trim(): void {
    let over = 0;
    while (
      this.#items.length - over > this.#most ||
      (this.#weight > this.#mostWeight && over < this.#items.length - 1)
    ) {
      this.#weight -= this.#weigh(this.#items[over] as T);
      over++;
    }
    // A tenth at a time: to shift the rest for each new one would cost more than the one.
    if (over === 0) return;
    this.#items = this.#items.slice(over);
    this.dropped += over;
  }

  /** An item that is held has grown by so much, and weighs it from now on. */
  grow(by: number): void {
    this.#weight += by;
  }

  clear(): void {
    this.#items = [];
    this.#weight = 0;
    this.dropped = 0;
    this.generation++;
  }
}
