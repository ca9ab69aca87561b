import { command } from "../command.ts";

/** The command `sandbox`. */
export const sandbox = command("sandbox", async ({ flags, vendor, io }) => {
  const { port = 0, latency: latencyMs = 0, projects, code, state } = flags;
  const { sandboxCommand } = await import("./run.ts");
  const request = {
    port,
    latencyMs,
    ...(projects === undefined ? {} : { projects }),
    ...(vendor?.id === "upsun" ? { ofUpsun: true } : {}),
    ...(code === undefined ? {} : { code }),
    ...(state === undefined ? {} : { state }),
  };
  await sandboxCommand(request, io);
  return "done";
});
