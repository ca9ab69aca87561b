import { command } from "../command.ts";

/** The command `logout`. */
export const logout = command("logout", async ({ vendor, io }) => {
  const [{ logoutCommand }, { vendorIn }] = await Promise.all([
    import("./run.ts"),
    import("../sign-in/vendor.ts"),
  ]);
  const detected = await vendorIn(process.cwd(), { named: vendor }, io);
  await logoutCommand(detected.vendor, io);
  return "done";
});
