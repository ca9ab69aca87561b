import { Failure } from "../../failure.ts";
import { command } from "../command.ts";
import { faceOf } from "../faces/choose.ts";

/** The command `undo`. */
export const undo = command("undo", async ({ positionals, flags, ...invocation }) => {
  const { undoCommand } = await import("./run.ts");
  const { yes, dryRun, json, wait: waits } = flags;
  const only = numbersIn(flags.only);
  return undoCommand(
    positionals[0] ?? ".",
    {
      vendor: invocation.vendor,
      face: faceOf(invocation, yes || json),
      yes,
      dryRun,
      json,
      ...(only === undefined ? {} : { only }),
      waits,
      flags: invocation.repeatable,
      verbose: invocation.verbose,
    },
    invocation.io,
  );
});

function numbersIn(value: string | undefined): readonly number[] | undefined {
  if (value === undefined) return undefined;
  const named = value.split(",").map((number) => number.trim());
  if (named.every((number) => /^[1-9]\d{0,3}$/u.test(number))) return named.map(Number);
  throw new Failure("usage", {
    what: "A change is named by its number",
    where: "--only",
    next: "name one or several, with commas between them: machinist undo --dry-run lists them",
  });
}
