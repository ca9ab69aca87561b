import { Failure } from "../failure.ts";
import { type CommandDefinition, checkoutArgument } from "./command.ts";
import { faceOf } from "./faces/choose.ts";

export const undo: CommandDefinition = {
  name: "undo",
  summary: "takes back what the last run changed",
  positional: checkoutArgument,
  flags: [
    {
      flag: "--only <numbers>",
      summary: "only these changes, by their numbers in the summary: 1,3",
    },
    { flag: "--no-wait", summary: "don't wait for the redeployments" },
    { flag: "--dry-run", summary: "show everything, change nothing" },
    { flag: "--yes", summary: "agree to the changes beforehand" },
  ],
  run: async ({ positionals, flags, ...invocation }) => {
    const { undoCommand } = await import("./undo/run.ts");
    const yes = flags["yes"] === true;
    const only = numbersIn(flags["only"]);
    return undoCommand(
      positionals[0] ?? ".",
      {
        vendor: invocation.vendor,
        face: faceOf(invocation, yes),
        yes,
        dryRun: flags["dryRun"] === true,
        ...(only === undefined ? {} : { only }),
        waits: flags["wait"] !== false,
        shared: invocation.shared,
        verbose: invocation.verbose,
      },
      invocation.io,
    );
  },
};

function numbersIn(value: unknown): readonly number[] | undefined {
  if (typeof value !== "string") return undefined;
  const named = value.split(",").map((number) => number.trim());
  if (named.every((number) => /^[1-9]\d{0,3}$/u.test(number))) return named.map(Number);
  throw new Failure("usage", {
    what: "A change is named by its number",
    where: "--only",
    next: "name one or several, with commas between them: machinist undo --dry-run lists them",
  });
}
