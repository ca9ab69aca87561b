import { vendors } from "../vendors/registry.ts";
import type { CommandDefinition } from "./command.ts";
import { faceOf } from "./faces/choose.ts";

export const demo: CommandDefinition = {
  name: "demo",
  summary: "setup, then audit, on a sample project against the sandbox",
  flags: [],
  run: async (invocation) => {
    const { runDemo } = await import("./demo/run.ts");
    await runDemo(
      faceOf(invocation, false),
      invocation.vendor ?? vendors.platformsh,
      invocation.io,
    );
    return "done";
  },
};
