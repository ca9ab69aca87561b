import type { Command } from "unbash";

/** Whether a command has the shell end at the first failure: `set -e`, also among other letters. */
export function setsErrexit({ name, args }: Command): boolean {
  if (name?.value !== "set") return false;
  return args.some(({ text }) => /^-[a-zA-Z]*e/u.test(text) || text === "errexit");
}
