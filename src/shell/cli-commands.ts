import { editDistance } from "../edit-distance.ts";
import { type CliCommandFacts, cliCommands, formerNames, hiddenCommands } from "./cli/table.ts";

export {
  type CliCommandFacts,
  cliCommands,
  firstReleases,
  firstWithLiveBackups,
  formerNames,
  formerNamesGone,
  redeploying,
} from "./cli/table.ts";

const byName = new Map(
  cliCommands.flatMap((facts) =>
    [facts.name, ...facts.aliases].map((name) => [name, facts] as const),
  ),
);

/**
 * The facts about a command, by its name as written: the full name, an alias, a name that it had in earlier versions, or
 * an abbreviation in which each part between colons is cut short, as Symfony's console accepts it when it fits one
 * command only. Undefined for a name that fits none or several.
 */
export function cliCommand(written: string): CliCommandFacts | undefined {
  const exact = byName.get(written) ?? byName.get(formerNames.get(written) ?? "");
  if (exact !== undefined || written === "") return exact;
  const fitting = fittingShort(written);
  const shown = fitting.filter(({ name }) => !hiddenCommands.has(name));
  const [only, second] = shown.length === 0 ? fitting : shown;
  return second === undefined ? only : undefined;
}

/** The commands for which a name may stand that is cut short. */
function fittingShort(written: string): readonly CliCommandFacts[] {
  const starts = written.split(":");
  const fitting = new Set<CliCommandFacts>();
  for (const [name, facts] of byName) {
    const parts = name.split(":");
    if (starts.every((start, index) => parts[index]?.startsWith(start))) fitting.add(facts);
  }
  return [...fitting];
}

/**
 * Whether the CLI (5.11.1) certainly has no command for a name: none has it, none begins with it, and it isn't one that
 * its source has and a brand may leave out. It takes capitals for small letters.
 *
 * @param written the name as written; one that holds an expansion is never known to be missing
 */
export function lacksCommand(written: string): boolean {
  const name = written.toLowerCase();
  if (!/^[a-z][a-z\d:_-]*$/u.test(name) || leftOut.test(name)) return false;
  return !byName.has(name) && !formerNames.has(name) && fittingShort(name).length === 0;
}

/** Names in the CLI's source that are in no list, because they are switched off or belong to `platform` alone. */
const leftOut =
  /^(?:self|server|project:variable)(?::|$)|^(?:local:)?(?:drush-aliases|install)$|^(?:self-update|update|up|legacy-migrate|pvget|project-variables|pvars)$/u;

/**
 * The command that is meant by a name which the CLI lacks: the only one with a name that differs by a letter or two,
 * or whose last part is that of the name, give or take a letter. Undefined where none or several are near.
 */
export function commandMeantBy(written: string): string | undefined {
  return nearest(written, (name) => name) ?? nearest(written, lastPart);
}

function nearest(written: string, part: (name: string) => string): string | undefined {
  const sought = part(written);
  const near = [...byName]
    .filter(([, { name }]) => !hiddenCommands.has(name))
    .map(([name, { name: full }]) => ({ full, edits: editDistance(sought, part(name)) }))
    .filter(({ edits }) => edits <= sought.length / 5);
  const least = Math.min(...near.map(({ edits }) => edits));
  const names = new Set(near.filter(({ edits }) => edits === least).map(({ full }) => full));
  return names.size === 1 ? [...names][0] : undefined;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(":") + 1);
}

/** Who may run a command: a role on the environment's type or on the project; or no role on a project is enough. */
export type LeastRole = "viewer" | "contributor" | "admin" | "project admin" | "beyond the project";

/** Commands that go through SSH: `access.ssh` says who may, by default contributors (manual, "Access"). */
const throughSsh = new Set([
  "db:dump",
  "db:sql",
  "environment:drush",
  "environment:logs",
  "environment:push",
  "environment:relationships",
  "environment:scp",
  "environment:ssh",
  "environment:xdebug",
  "mount:download",
  "mount:list",
  "mount:upload",
  "operation:run",
  "service:mongo:dump",
  "service:mongo:export",
  "service:mongo:restore",
  "service:mongo:shell",
  "service:redis-cli",
  "service:valkey-cli",
  "task:run",
  "tunnel:open",
  "tunnel:single",
]);

/** Commands about an account, an organization or projects as such; no role on one project gives the right to them. */
const beyond =
  /^(?:organization|team|ssh-key|auth|subscription):|^project:(?:create|delete)$|^api:curl$/u;

/**
 * The least role that may run a command. What the table leaves open reads only, which a viewer may, or goes through
 * SSH (manual, "User administration").
 */
export function leastRole({ name, role }: CliCommandFacts): LeastRole {
  if (beyond.test(name)) return "beyond the project";
  if (throughSsh.has(name)) return "contributor";
  return role === "other" ? "viewer" : role;
}
