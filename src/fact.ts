/**
 * Something that machinist looked for. What could not be looked at is neither there nor missing: it is `unread`, and
 * nothing may be concluded from it.
 */
export type Fact<T> =
  | { readonly kind: "known"; readonly value: T }
  /** It is known not to be there. */
  | { readonly kind: "absent" }
  /** Nobody is signed in, the account may not see it, the API failed, or a script can't be followed: `why` says which. */
  | { readonly kind: "unread"; readonly why: string };

/** A fact that is there. */
export function known<T>(value: T): Fact<T> {
  return { kind: "known", value };
}

/** What is known; undefined where it is absent or unread, for those who need it and conclude nothing from its absence. */
export function valueIn<T>(fact: Fact<T>): T | undefined {
  return fact.kind === "known" ? fact.value : undefined;
}

/** The fact with another value; what is absent or unread stays so. */
export function mapFact<T, U>(fact: Fact<T>, change: (value: T) => U): Fact<U> {
  return fact.kind === "known" ? known(change(fact.value)) : fact;
}
