import type { ExitReason } from "../exit-code.ts";
import { Failure, failureLines } from "../failure.ts";
import { readCheckout } from "../git/checkout.ts";
import { likelyProject, projectTarget } from "../git/project.ts";
import type { HeaderContent } from "../tui/components/header.tsx";
import type { HomeLook } from "../tui/home.tsx";
import { type DetectedVendor, knownVendor } from "../vendors/detection.ts";
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
  const directory = process.cwd();
  const checkout = await readCheckout(directory, io.env);
  const detected = await vendorIn(directory, { named: undefined, checkout }, io);
  const project = likelyProject(projectTarget(checkout.projects));
  const header = { title: "machinist", account: accountIn(io.env) };
  const chosen = await runHome(
    entries,
    { ...header, ...homePlace(project, detected) },
    async () => {
      const facts = await standing(directory, io);
      const known = await titled(project, io.env);
      return { facts, header: { ...header, ...homePlace(known, detected) } };
    },
    io.terminal,
  );
  return chosen === undefined ? "done" : run([chosen]);
}

/** What the files and the runs here tell, without asking the API; a sentence on why, where they can't be read. */
async function standing(directory: string, io: Io): Promise<HomeLook["facts"]> {
  const [{ readStatus }, { standingRows }] = await Promise.all([
    import("./status/run.ts"),
    import("./status/lines.ts"),
  ]);
  try {
    const asked = { directory, offline: true, json: false, vendor: undefined, verbose: false };
    return standingRows((await readStatus(asked, io)).status);
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return failureLines(failure.parts).map((line) => ["", [line]]);
  }
}

const entries = [
  { value: "setup", label: "Set up", detail: "an account of its own for one job, with its token" },
  { value: "audit", label: "Audit", detail: "what is wrong here, and fix it" },
  { value: "verify", label: "Verify", detail: "is it deployed, and does the job really run?" },
  { value: "rotate", label: "Rotate", detail: "a new token for the machine user" },
  { value: "undo", label: "Undo", detail: "take back what the last run changed" },
  { value: "status", label: "Status", detail: "who is signed in, and what is set up here" },
  { value: "rules", label: "Rules", detail: "what the audit looks for" },
  { value: "demo", label: "Demo", detail: "all of it on a sample project, without an account" },
] as const;

/** The project with its title, where a run before has seen it: the API isn't asked for a menu. */
async function titled(
  project: { readonly id: string } | undefined,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly id: string; readonly title?: string } | undefined> {
  const { recentProjects } = await import("../settings.ts");
  return (await recentProjects(env)).find(({ id }) => id === project?.id) ?? project;
}

/** The header of the menu: the project, as a run before or the checkout names it, and the vendor where something speaks for it. */
export function homePlace(
  project: { readonly id: string; readonly title?: string } | undefined,
  vendor: DetectedVendor,
): Pick<HeaderContent, "place" | "vendor"> {
  return {
    place: [project?.title ?? project?.id ?? "no project known"],
    vendor: knownVendor(vendor),
  };
}

/** All there is to know without asking the API or the keychain. */
function accountIn(env: NodeJS.ProcessEnv): string {
  const vendor = allVendors.find(({ tokenEnv }) => env[tokenEnv]?.trim());
  return vendor === undefined ? "" : `token from ${vendor.tokenEnv}`;
}
