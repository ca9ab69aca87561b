import type { Redirection } from "unbash";
import { either, type Outcome, unproven } from "./outcome.ts";

/**
 * The outcome of a program that is neither a test nor the CLI. Those of the table can't tell one environment
 * from another; of any other, nothing is known: it may be the project's own guard.
 */
export function ordinaryOutcome(program: string): Outcome {
  return indifferent.has(program) ? either : unproven;
}

const indifferent = new Set(
  `alias bzip2 cat cd chmod chown command composer cp curl cut date dirname drush echo export find git gzip hash
  hostname kill ln local ls mkdir mktemp mv mysqldump npm npx printf pwd readonly rm rmdir rsync sed sleep sort tail
  tar tee touch trap tr type ulimit umask unset wait wc wget xargs yarn zip`.split(/\s+/u),
);

/** Whether a redirection may fail, and the command with it. */
export function mayFail(redirects: readonly Redirection[]): boolean {
  return redirects.some(
    (redirect) =>
      redirect.type === "Redirect" &&
      !redirect.operator.endsWith("&") &&
      redirect.target?.value !== "/dev/null",
  );
}
