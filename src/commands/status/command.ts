import { resolve } from "node:path";
import { command } from "../command.ts";

/** The command `status`. */
export const status = command("status", async ({ positionals, flags, ...invocation }) => {
  const { statusCommand } = await import("./run.ts");
  const { project, environment, offline, json } = flags;
  const { vendor, verbose } = invocation;
  return statusCommand(
    {
      directory: resolve(positionals[0] ?? "."),
      ...(project === undefined ? {} : { project }),
      ...(environment === undefined ? {} : { environment }),
      offline,
      json,
      vendor,
      verbose,
    },
    invocation.io,
  );
});
