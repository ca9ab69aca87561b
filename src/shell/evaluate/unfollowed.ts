import type { Command, Word } from "unbash";
import { programName } from "../parse/simple-command.ts";
import type { Likelihood } from "./outcome.ts";
import type { Scope } from "./scope.ts";
import type { Witness } from "./witness.ts";

/** Notes a command that runs what the reading can't look into: it may call the CLI, or install it. */
export function noteUnfollowed(
  words: readonly Word[],
  { pos: start, end }: Command,
  path: Likelihood,
  scope: Scope,
  witness: Witness,
): void {
  const [first] = words;
  if (first === undefined) return;
  const at = { start, end };
  if (/^(?:["']?\$|`)/u.test(first.text) && first.parts !== undefined)
    witness.stopped({ says: `runs ${first.text}`, what: "text" }, at, path, scope);
  const runner = taskRunner(words);
  if (runner !== undefined)
    witness.stopped({ says: `runs ${runner}`, what: "program" }, at, path, scope);
}

/** What a command runs that is written elsewhere in a way that isn't followed, as people would type it: "make build". */
function taskRunner([program, ...rest]: readonly Word[]): string | undefined {
  if (program === undefined) return undefined;
  const name = programName(program);
  const [first] = rest.filter(({ value }) => !value.startsWith("-"));
  const known = packageManagers.get(name);
  const isRunner =
    known === undefined
      ? runners.has(name) || (interpreters.test(name) && /[./]/u.test(first?.value ?? ""))
      : first !== undefined && !known.has(first.value);
  if (!isRunner) return undefined;
  return first === undefined ? name : `${name} ${first.value}`;
}

/** Programs that run what a file of their own says, whatever they are called with. */
const runners = new Set(
  "make gmake just task rake ant phing gulp grunt robo invoke tox nox mage".split(" "),
);

/** Programs of other languages, which run a script that they are given by its path. */
const interpreters = /^(?:node|ruby|perl|python[\d.]*)$/u;

/** Package managers, and what they do by themselves; anything else is a script that the project declares. */
const packageManagers: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    "composer",
    new Set(
      "about audit bump check-platform-reqs clear-cache config create-project diagnose dump-autoload dumpautoload fund global i info init install licenses outdated reinstall remove require search self-update selfupdate show status suggests u update validate why why-not".split(
        " ",
      ),
    ),
  ],
  ["npm", new Set("add audit cache ci config i install ls prune set version".split(" "))],
  ["pnpm", new Set("add audit config fetch i install ls prune store".split(" "))],
  ["yarn", new Set("add cache config global install set version".split(" "))],
  ["bun", new Set("add i install pm".split(" "))],
]);
