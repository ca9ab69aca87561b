import { vendors } from "../../vendors/registry.ts";
import { command } from "../command.ts";
import { faceOf } from "../faces/choose.ts";

export const demo = command("demo", async (invocation) => {
  const { runDemo } = await import("./run.ts");
  await runDemo(faceOf(invocation, false), invocation.vendor ?? vendors.platformsh, invocation.io);
  return "done";
});
