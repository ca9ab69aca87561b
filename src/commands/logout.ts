import type { CommandDefinition } from "./command.ts";

export const logout: CommandDefinition = {
  name: "logout",
  summary: "forgets the tokens that were kept in the system keychain",
  flags: [],
  run: async ({ vendor, io }) => {
    const [{ logoutCommand }, { vendorIn }] = await Promise.all([
      import("./logout/run.ts"),
      import("./sign-in/vendor.ts"),
    ]);
    const detected = await vendorIn(process.cwd(), { named: vendor }, io);
    await logoutCommand(detected.vendor, io);
    return "done";
  },
};
