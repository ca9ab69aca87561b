/** What a comment that speaks to the program says. */
export type IgnoreText =
  | {
      readonly kind: "ignore";
      /** Ids as they are written, at least one. */
      readonly rules: readonly string[];
      /** Empty when none is given. */
      readonly reason: string;
    }
  | { readonly kind: "malformed" };

/** How such a comment starts, in YAML as in a shell script. */
export const commentStart = /(?<=^|[\s;&|()])#[ \t]*machinist:/u;

/**
 * Reads a comment that starts as `commentStart` says: `# machinist: ignore[rule, other-rule] reason`.
 * What has another form is malformed: nothing is ignored on a guess.
 *
 * @param text from its `#` to the end of the line
 */
export function parseComment(text: string): IgnoreText {
  const match = /^#[ \t]*machinist:[ \t]*ignore\[([\w\- \t,]*)\](.*)$/u.exec(text);
  const rules = (match?.[1] ?? "").split(",").map((rule) => rule.trim());
  if (match === null || rules.includes("")) return { kind: "malformed" };
  const reason = (match[2] ?? "").trim();
  return { kind: "ignore", rules, reason: /[\p{L}\p{N}]/u.test(reason) ? reason : "" };
}

/** The comment that ignores a rule, as `parseComment` reads it. */
export function commentText(rule: string, reason: string): string {
  return `# machinist: ignore[${rule}] ${reason}`;
}
