import { Failure } from "../../failure.ts";

/** What Git said when it refused, in its last three lines; undefined when it said nothing. */
export function reasonOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("stderr" in error)) return undefined;
  const lines = String(error.stderr).trim().split("\n");
  return lines.slice(-3).join(" | ") || undefined;
}

/** Git, or what it has, is not as a commit needs it: a person has to look. */
export function refusalToCommit(
  what: string,
  where: string,
  why?: string,
  cause?: unknown,
): Failure {
  return new Failure(
    "uneditable",
    {
      what,
      where,
      ...(why === undefined ? {} : { why }),
      next: "look at git status, and commit by hand",
    },
    { cause },
  );
}
