import type { CommandDefinition } from "./command.ts";

export const logout: CommandDefinition = {
  name: "logout",
  summary: "forgets the tokens that were kept in the system keychain",
  flags: [],
  run: async ({ vendor, io }) => {
    const [{ logoutCommand }, { vendors }] = await Promise.all([
      import("./logout/run.ts"),
      import("../vendors/registry.ts"),
    ]);
    await logoutCommand(vendors[vendor], io);
    return "done";
  },
};
