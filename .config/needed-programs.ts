import { spawnSync } from "node:child_process";

/** The programs that the tests start, each with an argument it takes and the package that brings it. */
const programs = [
  { name: "git", argument: "--version", package: "git" },
  { name: "dash", argument: "-n", package: "dash" },
  { name: "bash", argument: "-n", package: "bash" },
  { name: "mkfifo", argument: "--version", package: "coreutils" },
];

/** Ends the run before its first test where a program isn't there, and says how to get it. */
export function setup(): void {
  const missing = programs.filter(
    ({ name, argument }) =>
      spawnSync(name, [argument], { stdio: ["ignore", "ignore", "ignore"] }).error !== undefined,
  );
  if (missing.length === 0) return;
  const [names, packages] = [missing.map(({ name }) => name), missing.map((one) => one.package)];
  throw new Error(
    `The tests need ${names.join(" and ")}, which can't be started here: install ${packages.join(" and ")}, as by apt-get install ${packages.join(" ")}`,
  );
}
