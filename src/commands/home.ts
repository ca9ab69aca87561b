import type { ExitReason } from "../exit-code.ts";
import { shownDetected } from "../vendors/detection.ts";
import { allVendors } from "../vendors/registry.ts";
import { chooseFace } from "./faces/choose.ts";
import type { Io } from "./terminal/io.ts";

/**
 * What `machinist` alone does: a menu in a terminal, the help elsewhere.
 * @param run runs a command line, and gives how it ended
 */
export async function home(
  help: string,
  run: (args: readonly string[]) => Promise<ExitReason>,
  io: Io,
): Promise<ExitReason> {
  const { stdin, stdout } = process;
  const face = chooseFace({ stdin, stdout, env: io.env, accessible: false, unattended: false });
  if (face !== "screens") {
    for (const line of help.split("\n")) io.out(line);
    return "done";
  }
  const [{ runHome }, { vendorIn }] = await Promise.all([
    import("../tui/home.tsx"),
    import("./sign-in/vendor.ts"),
  ]);
  const detected = await vendorIn(process.cwd(), { named: undefined }, io);
  const facts = [`in ${process.cwd()}`, shownDetected(detected)];
  const chosen = await runHome(entries, accountIn(io.env), facts);
  return chosen === undefined ? "done" : run([chosen]);
}

const entries = [
  {
    value: "setup",
    label: "Set up a machine user",
    detail: "account, token, variable, installer, cron",
  },
  { value: "audit", label: "Audit this checkout", detail: "and fix what is wrong" },
  { value: "verify", label: "Verify", detail: "is it deployed, and does it work?" },
  { value: "rotate", label: "Rotate", detail: "replace the machine user's token" },
  { value: "undo", label: "Undo", detail: "take back what the last run changed" },
  { value: "rules", label: "Rules", detail: "what the audit looks for" },
  { value: "demo", label: "Demo", detail: "all of it on a sample project, without an account" },
] as const;

/** All there is to know without asking the API or the keychain. */
function accountIn(env: NodeJS.ProcessEnv): string {
  const vendor = allVendors.find(({ tokenEnv }) => env[tokenEnv]?.trim());
  return vendor === undefined ? "" : `token from ${vendor.tokenEnv}`;
}
