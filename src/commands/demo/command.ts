import { vendors } from "../../vendors/registry.ts";
import { command } from "../command.ts";
import { faceOf } from "../faces/choose.ts";

/** The command `demo`. */
export const demo = command("demo", async (invocation) => {
  const { runDemo } = await import("./run.ts");
  const { flags, io, vendor = vendors.platformsh } = invocation;
  await runDemo({ face: faceOf(invocation, false), vendor, where: flags.where ?? "cron" }, io);
  return "done";
});
