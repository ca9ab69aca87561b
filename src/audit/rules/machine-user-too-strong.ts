import type { AppFile } from "../../appfile/app-file.ts";
import type { AccessChange } from "../../change/change.ts";
import type { EnvironmentType, Permission } from "../../platform/access.ts";
import type { Activity } from "../../platform/activities.ts";
import { cliCommand } from "../../shell/cli-commands.ts";
import { type LeastRole, leastRole } from "../../shell/least-role.ts";
import { byHand } from "../fix.ts";
import { rule } from "../rule.ts";
import { cronScripts } from "../scripts.ts";

/** A backup that begins so soon after a cron was made by it. */
const soonMs = 10 * 60 * 1000;
const ranks: readonly (LeastRole | undefined)[] = ["viewer", "contributor", "admin"];

/** The account behind a cron administers the project, which its commands don't need. */
export const machineUserTooStrong = rule({
  id: "machine-user-too-strong",
  severity: "warning",
  confidence: "medium",
  needs: "platform",
  fixable: "unsafe",
  what: "The account whose token a cron uses administers the whole project.",
  why: "Anyone with SSH access to the environment can read the token, and then do whatever its account may. A role on the type of this one environment is enough for what the crons do. (Manual: “API tokens”, “Manage users”.)",
  manual: "administration/cli/api-tokens",
  example: { before: "bot@example.org: admin", after: "bot@example.org: viewer, production:admin" },
  ignore: "The account does other work too that needs the role.",
  check: ({ app, platform }) => {
    if (platform?.access === undefined || platform.runs === undefined) return [];
    const { access, environment, project, runs } = platform;
    const enough = enoughFor(app, environment.type);
    if (enough === undefined) return [];
    const actors = new Set(madeByCron(runs));
    return access
      .filter(({ user, permissions }) => actors.has(user) && permissions.includes("admin"))
      .map(({ user, email, permissions }) => {
        const who = email ?? `the account ${user}`;
        const title = `Let ${who} be ${enough.join(", ")} instead`;
        const change: AccessChange = {
          kind: "access",
          project: project.id,
          user,
          email: email ?? "",
          before: permissions,
          after: enough,
        };
        return {
          message: `The cron's work is done as ${who}, who administers the project; ${enough.join(", ")} is enough for it`,
          location: { kind: "resource" as const, resource: `access of ${who}` },
          fix:
            email === undefined
              ? byHand(title, { what: "The address of the account can't be seen" })
              : {
                  kind: "changes" as const,
                  title,
                  disposition: "unsafe" as const,
                  changes: [change],
                },
        };
      });
  },
});

/** The least permissions for the CLI commands of an app's crons; undefined when they need the project's admin, or none. */
function enoughFor(app: AppFile, type: EnvironmentType): readonly Permission[] | undefined {
  const roles = cronScripts(app)
    .flatMap(({ reading }) => reading.commands)
    .map(({ name }) => cliCommand(name))
    .map((command) => (command === undefined ? undefined : leastRole(command)));
  const known = roles.map((role) => ranks.indexOf(role));
  if (known.length === 0 || known.includes(-1)) return undefined;
  const [viewer, contributor, admin] = [0, 1, 2].map((rank) => known.includes(rank));
  if (admin) return ["viewer", `${type}:admin`];
  if (contributor) return ["viewer", `${type}:contributor`];
  return viewer ? ["viewer", `${type}:viewer`] : undefined;
}

/** Who made the backups that a cron began. */
function madeByCron(runs: readonly Activity[]): readonly string[] {
  const crons = runs.filter(({ type }) => type === "environment.cron").map(momentOf);
  return runs.flatMap((run) => {
    const at = momentOf(run);
    const isByCron = crons.some((began) => at >= began && at - began < soonMs);
    return run.type === "environment.backup" && isByCron ? (run.user ?? []) : [];
  });
}

function momentOf({ createdAt = "" }: Activity): number {
  return Date.parse(createdAt);
}
