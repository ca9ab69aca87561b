import { chooseEnvironment } from "../../audit/main-environment.ts";
import { vendorOfApps } from "../../automation/vendor.ts";
import type { ExitReason } from "../../exit-code.ts";
import { Failure } from "../../failure.ts";
import type { Connection } from "../../platform/connection.ts";
import { environments } from "../../platform/environments.ts";
import { currentUser } from "../../platform/users.ts";
import { daysSinceChange, environmentVariables } from "../../platform/variables.ts";
import { allVendors } from "../../vendors/registry.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { type Selection, selectProjects } from "../audit/fleet/selection.ts";
import type { FlagsOf } from "../command.ts";
import type { GuidedRunOptions } from "../guided/run.ts";
import { openPlatform } from "../sign-in/open-platform.ts";
import { operatorToken } from "../sign-in/operator-token.ts";
import { type Io, tellFailure } from "../terminal/io.ts";
import type { HandedOver } from "./fleet-request.ts";
import { daysIn, rotateCommand, rotateRequest } from "./run.ts";

/** What is asked of many projects. */
export interface FleetRotation {
  /** Absolute path of the folder that the runs are recorded for; nothing in it is looked at. */
  readonly directory: string;
  readonly selection: Selection;
  readonly flags: FlagsOf<"rotate">;
  /** The new tokens by the ids of their projects, where they were handed over. */
  readonly tokens: ReadonlyMap<string, HandedOver>;
}

/** How the token of a project stands. */
type Standing =
  | {
      readonly state: "due";
      readonly environment: string;
      /** How many days ago the variable was changed; undefined where the API doesn't say it. */
      readonly days: number | undefined;
    }
  /** It is younger than what is to be replaced. */
  | { readonly state: "young" }
  /** The environment has a token that may be due, for the CLI of another vendor. */
  | { readonly state: "other"; readonly vendor: Vendor }
  | { readonly state: "none" }
  | { readonly state: "unread"; readonly failure: Failure };

/** What became of each project. */
interface Tally {
  rotated: string[];
  due: string[];
  leftOut: string[];
  failed: string[];
  young: string[];
  none: number;
}

/**
 * Replaces the tokens of many projects one after the other, each with its own plan and agreement, as for one alone. A
 * project that fails is told, and the others go on. Gives "leftOut" when one isn't done. Throws a `Failure`:
 * "signedOut", "interrupted" with what was done by then, or "usage" where nobody can be asked and nothing was agreed to.
 */
export async function rotateMany(
  { directory, selection, flags, tokens }: FleetRotation,
  manner: GuidedRunOptions,
  io: Io,
): Promise<ExitReason> {
  if (manner.face === "flags" && !manner.yes && !flags.dryRun)
    throw new Failure("usage", {
      what: "Not answered: may the tokens be replaced?",
      why: "there is no terminal to ask in",
      next: "look with --dry-run first, then agree beforehand with --yes",
    });
  const { vendor } = vendorOfApps([], [], [], {
    ...(manner.vendor === undefined ? {} : { named: manner.vendor }),
    env: io.env,
  });
  const operator = await operatorToken(vendor, io);
  if (operator === undefined)
    throw new Failure("signedOut", {
      what: "Not signed in",
      next: `put your API token into ${vendor.tokenEnv}`,
    });
  const connection = openPlatform(vendor, operator.token, io, manner.verbose);
  const tally: Tally = { rotated: [], due: [], leftOut: [], failed: [], young: [], none: 0 };
  let notReached: readonly string[] = [];
  try {
    const { id: account } = await currentUser(connection);
    const projects = narrowed(
      await selectProjects(connection, selection, account, io.signal),
      flags.project,
    );
    assertMeant(tokens, new Set(projects.map(({ id }) => id)));
    for (const [index, { id, title }] of projects.entries()) {
      notReached = projects.slice(index).map((project) => project.id);
      const standing = await standingOf(connection, id, vendor, flags);
      if (tokens.has(id) && (standing.state === "none" || standing.state === "young")) {
        io.err(
          `${id}: the new token isn't used, because ${standing.state === "none" ? "there is none to replace" : "the old one is younger than what is to be replaced"}`,
        );
        tally.leftOut.push(id);
      } else if (standing.state === "none") tally.none += 1;
      else if (standing.state === "other") {
        const { tokenVariable, name, id: named } = standing.vendor;
        io.err(
          `${id}: its token is in ${tokenVariable}, for the CLI of ${name}: give the same command with --vendor ${named}`,
        );
        tally.leftOut.push(id);
      } else if (standing.state === "young") tally.young.push(id);
      else {
        io.out("");
        io.out(title === undefined ? id : `${title} (${id})`);
        if (standing.state === "due" && flags.dryRun) {
          io.out(`  ${vendor.tokenVariable} on ${standing.environment}: ${ageWords(standing)}`);
          tally.due.push(id);
        } else if (standing.state === "due" && manner.face === "flags" && !tokens.has(id)) {
          io.err("no new token was handed over for it on standard input");
          tally.leftOut.push(id);
        } else if (standing.state === "due")
          await rotateOne(
            id,
            standing.environment,
            { directory, flags, tokens },
            { manner, vendor, io, tally },
          );
        else {
          tellFailure(standing.failure, io);
          tally.failed.push(id);
        }
      }
    }
  } catch (error) {
    for (const line of [
      ...tallyLines(tally),
      ...tallyLine("not come to its end, or not reached", notReached),
    ])
      io.err(line);
    throw error;
  } finally {
    await connection.close();
  }
  io.out("");
  for (const line of tallyLines(tally)) io.out(line);
  if (tally.failed.length > 0 || tally.leftOut.length > 0) return "leftOut";
  return tally.due.length > 0 && flags.olderThan !== undefined ? "findings" : "done";
}

async function rotateOne(
  id: string,
  environment: string,
  { directory, flags, tokens }: Omit<FleetRotation, "selection">,
  o: {
    readonly manner: GuidedRunOptions;
    readonly vendor: Vendor;
    readonly io: Io;
    readonly tally: Tally;
  },
): Promise<void> {
  const { manner, vendor, io, tally } = o;
  const { token: machineToken, email } = tokens.get(id) ?? {};
  const request = rotateRequest(directory, { ...flags, project: id, environment, email });
  try {
    const ended = await rotateCommand(
      {
        ...request,
        // The folder may be a checkout of another project.
        withoutCheckout: true,
        ...(machineToken === undefined ? {} : { machineToken }),
      },
      { ...manner, vendor, flags: flagsOfMany(manner.flags) },
      io,
    );
    if (ended === "done") tally.rotated.push(id);
    else tally.leftOut.push(id);
  } catch (error) {
    if (!(error instanceof Failure) || error.reason === "interrupted") throw error;
    if (error.reason === "signedOut" && machineToken === undefined) throw error;
    tellFailure(error, io);
    (error.reason === "usage" ? tally.leftOut : tally.failed).push(id);
  }
}

/** The flags that name for one project what many have each for themselves; the command to go on must not have them. */
const ofOne = ["--environment", "--email", "--revoke"];

/**
 * The command to go on chooses the project among the same ones: as the rotation of that one alone, it would take the folder
 * for a checkout of it.
 */
function flagsOfMany(flags: GuidedRunOptions["flags"]): GuidedRunOptions["flags"] {
  return flags.filter(({ flag }) => !ofOne.includes(flag));
}

/** The projects that were chosen, or the one of them that is meant. Throws a `Failure` ("usage") where it is none of them. */
function narrowed<Project extends { readonly id: string }>(
  projects: readonly Project[],
  meant: string | undefined,
): readonly Project[] {
  if (meant === undefined) return projects;
  const found = projects.filter(({ id }) => id === meant);
  if (found.length > 0) return found;
  throw new Failure("usage", {
    what: `The project ${meant} isn't among those that were chosen`,
    where: "--project",
    next: "leave it out, or choose the projects so that it is among them",
  });
}

/** Throws for a token whose project isn't among those that were chosen: it would be left out in silence. */
function assertMeant(tokens: ReadonlyMap<string, HandedOver>, projects: ReadonlySet<string>): void {
  const other = [...tokens.keys()].find((id) => !projects.has(id));
  if (other === undefined) return;
  throw new Failure("usage", {
    what: `A token was handed over for ${other}, which isn't among the projects`,
    where: "--machine-token-stdin",
    next: "take the line out, or choose the projects so that it is among them",
  });
}

/** How the token on the production environment stands; one whose age isn't known is due, and told so by its rotation. */
async function standingOf(
  connection: Connection,
  id: string,
  vendor: Vendor,
  { olderThan }: FlagsOf<"rotate">,
): Promise<Standing> {
  try {
    const { id: environment } = chooseEnvironment(await environments(connection, id), undefined);
    const variables = await environmentVariables(connection, id, environment);
    const tokenOf = ({ tokenVariable }: Vendor) =>
      variables.find(({ name, inherited }) => name === tokenVariable && !inherited);
    const holder = [vendor, ...othersOf(vendor)].find((one) => tokenOf(one) !== undefined);
    const token = holder && tokenOf(holder);
    if (holder === undefined || token === undefined) return { state: "none" };
    const days = daysSinceChange(token, new Date());
    if (olderThan !== undefined && days !== undefined && days < daysIn(olderThan))
      return { state: "young" };
    return holder === vendor
      ? { state: "due", environment, days }
      : { state: "other", vendor: holder };
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    if (failure.reason === "interrupted" || failure.reason === "signedOut") throw failure;
    return { state: "unread", failure };
  }
}

/** The vendors whose CLIs work on the same projects, with a variable of their own. */
function othersOf(vendor: Vendor): readonly Vendor[] {
  return allVendors.filter(
    (one) => one !== vendor && one.hosts !== undefined && one.hosts.api === vendor.hosts?.api,
  );
}

function ageWords({ days }: { readonly days: number | undefined }): string {
  return days === undefined
    ? "when it was changed isn't known"
    : `last changed ${days} days ago; its token would be replaced`;
}

function tallyLine(what: string, ids: readonly string[]): readonly string[] {
  return ids.length === 0 ? [] : [`${what}: ${ids.length} (${ids.join(", ")})`];
}

function tallyLines({ rotated, due, leftOut, failed, young, none }: Tally): readonly string[] {
  return [
    ...tallyLine("done", rotated),
    ...tallyLine("to be replaced", due),
    ...tallyLine("left out", leftOut),
    ...tallyLine("failed", failed),
    ...tallyLine("younger than what is to be replaced", young),
    ...(none === 0 ? [] : [`without a token on its production environment: ${none}`]),
  ];
}
