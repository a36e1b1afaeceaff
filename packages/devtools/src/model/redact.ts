import type { Json } from '@djust/protocol';

/** Names of fields whose values are taken out, unless another rule is given. */
export const DEFAULT_RULE = 'password|token|secret|api_?key|ssn';

export const REDACTED = '[redacted]';
const SHORTEST_SECRET = 3;
const MOST_SECRETS = 1_000;
/** Fields that name another field, whose value then stands beside them. */
const NAMING = /^(field|name|_target|key)$/;

/** Takes secrets out: what stands under a name that the rule knows, and every copy of it in any other text. */
export class Redactor {
  /** How many values were taken out. */
  count = 0;
  readonly #rule: RegExp | undefined;
  readonly #secrets = new Set<string>();

  /** @param rule  alternatives of a regular expression, for names of fields; empty for none */
  constructor(rule: string) {
    try {
      this.#rule = rule.trim() === '' ? undefined : new RegExp(rule, 'i');
    } catch {
      // A rule that cannot be read must not mean that nothing is taken out.
      this.#rule = /./;
    }
  }

  isSecret(name: string): boolean {
    return this.#rule?.test(name) ?? false;
  }

  /** A copy without secrets; what it takes out is remembered for `text`. */
  value(value: Json, name = ''): Json {
    if (this.isSecret(name)) return this.#take(value);
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    if (typeof value !== 'object' || value === null) return value;
    const isNamed = Object.entries(value).some(
      ([key, text]) => NAMING.test(key) && typeof text === 'string' && this.isSecret(text),
    );
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [
        key,
        isNamed && key === 'value' ? this.#take(child) : this.value(child, key),
      ]),
    );
  }

  /** An address without the secrets in its query. */
  url(url: string): string {
    const [path = '', query] = url.split('?', 2);
    if (query === undefined) return url;
    const params = [...new URLSearchParams(query)].map(([name, value]) => [name, String(this.value(value, name))]);
    return `${path}?${new URLSearchParams(params)}`;
  }

  /** A text without any of the secrets that were met so far. */
  text(text: string): string {
    let clean = text;
    for (const secret of this.#secrets) clean = clean.replaceAll(secret, REDACTED);
    return clean;
  }

  /** A copy in which no text has any of them. */
  texts(value: Json): Json {
    if (typeof value === 'string') return this.text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.texts(item));
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [this.text(key), this.texts(child)]));
  }

  #take(value: Json): Json {
    this.count++;
    this.#learn(value);
    return REDACTED;
  }

  #learn(value: Json): void {
    if (typeof value === 'object' && value !== null) {
      for (const child of Object.values(value)) this.#learn(child as Json);
      return;
    }
    const text = String(value);
    if (text.length < SHORTEST_SECRET || text === REDACTED || /^(true|false|null)$/.test(text)) return;
    if (this.#secrets.size >= MOST_SECRETS) return;
    // As it stands in a JSON text too.
    for (const form of [text, JSON.stringify(text).slice(1, -1)]) this.#secrets.add(form);
  }
}
