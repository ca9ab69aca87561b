import { parseScript } from "./parse/parse.ts";
import { programName, started } from "./parse/simple-command.ts";
import { eachCommand } from "./parse/tree.ts";

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

/**
 * The commands of a script that run something which is written elsewhere in a way that isn't followed: targets of make,
 * scripts of composer.json and package.json, programs in other languages. Each as people would type it: "make build".
 */
export function taskRunnersIn(script: string): readonly string[] {
  const found: string[] = [];
  eachCommand(parseScript(script), (command) => {
    const [program, ...rest] = started(command).words;
    if (program === undefined) return;
    const name = programName(program);
    const [first] = rest.filter(({ value }) => !value.startsWith("-"));
    const known = packageManagers.get(name);
    const isRunner =
      known === undefined
        ? runners.has(name) || (interpreters.test(name) && /[./]/u.test(first?.value ?? ""))
        : first !== undefined && !known.has(first.value);
    if (isRunner) found.push(first === undefined ? name : `${name} ${first.value}`);
  });
  return found;
}
