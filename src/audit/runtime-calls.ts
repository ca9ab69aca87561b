import type { AppFile } from "../appfile/app-file.ts";
import type { CliCommand } from "../shell/script.ts";
import { type AppScript, scriptsOf } from "./scripts.ts";

/** The calls of the CLI that are made once the app runs. */
export function runtimeCalls(
  app: AppFile,
): readonly { readonly from: AppScript; readonly command: CliCommand }[] {
  return scriptsOf(app)
    .filter(({ kind }) => kind !== "build" && kind !== "source_operation")
    .flatMap((from) => from.reading.commands.map((command) => ({ from, command })));
}
