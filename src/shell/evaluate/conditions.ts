/**
 * The commands, in the order in which they are gone through, on whose ends it depends whether a place is reached; each of
 * them ends alike in every environment. All walks through a script that go through the same ones have the same object.
 */
export class Conditions {
  readonly #next = new Map<string | Conditions, Conditions>();

  /** These and one more, which is told from others by its key, or by what was gone through in another row. */
  and(key: string | Conditions): Conditions {
    const known = this.#next.get(key);
    if (known !== undefined) return known;
    const more = new Conditions();
    this.#next.set(key, more);
    return more;
  }
}
