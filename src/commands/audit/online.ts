import type { NeededFacts } from "../../audit/platform-facts.ts";
import type { PlatformFacts } from "../../audit/rule.ts";
import { tokenNotGiven } from "../../audit/unread.ts";
import { type Fact, known, mapFact, valueIn } from "../../fact.ts";
import { Failure } from "../../failure.ts";
import { readCheckout } from "../../git/checkout.ts";
import { claimsInWords, claimsOfOthers, likelyProject, projectTarget } from "../../git/project.ts";
import { hasAddresses } from "../../platform/addresses.ts";
import type { Connection } from "../../platform/connection.ts";
import type { TokenFacts } from "../../platform/users.ts";
import type { Secret } from "../../secret.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { operatorToken, tokensOf } from "../sign-in/operator-token.ts";
import type { Io } from "../terminal/io.ts";
import type { AuditRunOptions } from "./options.ts";

/** What the API said, or why it wasn't asked. */
export type Online =
  | {
      readonly kind: "read";
      readonly connection: Connection;
      /** The address of who is signed in, or that the API doesn't tell it. */
      readonly account: string;
      /** Why it is this project: "from the git remote platform"; where that is a guess, why it is one. */
      readonly because: string;
      /** What nothing but a guess says: that it is this project; or what is known: that the files are of another one. */
      readonly doubt?: "which project" | "whose files";
      readonly facts: PlatformFacts;
    }
  | {
      readonly kind: "skipped";
      readonly because: string;
      /** The same where there is little room: "not signed in". */
      readonly inShort: string;
      /** Whether the API was left out with --offline. */
      readonly byChoice: boolean;
    };

/** The project that is looked at, and why. */
type TargetOfAudit = Pick<Extract<Online, { kind: "read" }>, "because" | "doubt"> & {
  readonly id: string;
};

/** What is asked for, and whose project it is. */
type AskOptions = AuditRunOptions & { readonly vendor: Vendor };

/**
 * Asks the API as the operator and, where its token is there, as the machine user. Throws a `Failure` of the API, and
 * "signedOut" for a token of the machine user that was handed over and is refused.
 *
 * @param open a connection that is open already
 * @param wanted what the files under audit make worth reading
 */
export async function askPlatform(
  options: AskOptions,
  io: Io,
  open: Connection | undefined,
  wanted: NeededFacts,
): Promise<Online> {
  const { vendor, offline, environment, verbose = false } = options;
  if (offline) return { kind: "skipped", because: "offline", inShort: "offline", byChoice: true };
  if (!hasAddresses(vendor, io.env))
    return {
      kind: "skipped",
      because: `no public source says where the API of ${vendor.name} is`,
      inShort: "API not known",
      byChoice: false,
    };
  const operator = await operatorToken(vendor, io);
  if (operator === undefined)
    return {
      kind: "skipped",
      because: `not signed in: ${vendor.tokenEnv} is not set`,
      inShort: "not signed in",
      byChoice: false,
    };
  const project = await (options.project === undefined
    ? projectOf(options, io)
    : projectNamed(options.project, options, io));
  if (project === undefined)
    return {
      kind: "skipped",
      because: "the project isn't known: name it with --project",
      inShort: "project not known",
      byChoice: false,
    };
  // Valibot and the HTTP library load only when the API is asked.
  const [{ openPlatform }, { readOperator, readPlatform }] = await Promise.all([
    import("../sign-in/open-platform.ts"),
    import("../../audit/platform-facts.ts"),
  ]);
  const connection = open ?? openPlatform(vendor, operator.token, io, verbose);
  try {
    const [account, facts, machineUser] = await Promise.all([
      readOperator(connection),
      readPlatform(connection, vendor, project.id, environment, wanted),
      machineUserOf(project.id, options, io),
    ]);
    return {
      kind: "read",
      connection,
      account: valueIn(account)?.email ?? "an account that the API doesn't name",
      because: project.because,
      ...(project.doubt === undefined ? {} : { doubt: project.doubt }),
      facts: {
        ...facts,
        operator: mapFact(account, ({ id }) => id),
        machineUser,
      },
    };
  } catch (error) {
    if (open === undefined) await connection.close();
    throw error;
  }
}

/** A project that was named. The files of another one are looked at beside it, but not edited for it unattended. */
async function projectNamed(
  id: string,
  { directory, fix, dryRun }: AskOptions,
  { env }: Io,
): Promise<TargetOfAudit> {
  const because = "you said so (--project)";
  const owners = claimsOfOthers((await readCheckout(directory, env)).projects, id);
  if (owners.length === 0) return { id, because };
  const belongs = claimsInWords(owners);
  if (fix && !dryRun)
    throw new Failure("usage", {
      what: "The checkout belongs to another project",
      where: `--project ${id}`,
      why: `it is of ${belongs}, and its files would be edited for ${id}`,
      next: "start in a checkout of the project, or fix only what is in the files with --offline",
    });
  return { id, because: `${because}; the checkout is of ${belongs}`, doubt: "whose files" };
}

/** The project of the checkout. One that is doubtful is looked at, but nothing of it is changed unattended. */
async function projectOf(
  { directory, fix, dryRun }: AskOptions,
  { env }: Io,
): Promise<TargetOfAudit | undefined> {
  const target = projectTarget((await readCheckout(directory, env)).projects);
  if (target.kind === "doubtful" && fix && !dryRun)
    throw new Failure("usage", {
      what: "Which project is meant is not certain",
      why: `the checkout names ${claimsInWords(target.claims)}`,
      next: "name it with --project, or fix only what is in the files with --offline",
    });
  const claim = likelyProject(target);
  if (claim === undefined) return undefined;
  const { id } = claim;
  return target.kind === "doubtful"
    ? { id, because: `the checkout names ${claimsInWords(target.claims)}`, doubt: "which project" }
    : { id, because: claim.because };
}

/** What the machine user's own token shows. One that was kept may be out of date. */
async function machineUserOf(
  project: string,
  options: AskOptions,
  io: Io,
): Promise<Fact<TokenFacts>> {
  const { machineToken } = options;
  if (machineToken !== undefined)
    return lookWith(machineToken, options, io).then(known, (error: unknown): Fact<never> => {
      if (error instanceof Failure && error.reason === "api")
        return { kind: "unread", why: `the API doesn't tell it: ${error.parts.what}` };
      if (!(error instanceof Failure) || error.reason !== "signedOut") throw error;
      throw new Failure("signedOut", {
        what: "The machine user's token is refused",
        where: "--machine-token-stdin",
        why: error.parts.why ?? error.parts.what,
        next: "machinist rotate replaces it",
      });
    });
  try {
    const kept = await tokensOf(options.vendor, io).read({ machineUserOf: project });
    return kept === undefined ? tokenNotGiven : known(await lookWith(kept, options, io));
  } catch (error) {
    if (!(error instanceof Failure) || error.reason === "interrupted") throw error;
    return { kind: "unread", why: `the token that was kept can't be used: ${error.parts.what}` };
  }
}

async function lookWith(
  token: Secret,
  { vendor, verbose = false }: AskOptions,
  io: Io,
): Promise<TokenFacts> {
  const [{ openPlatform }, { tokenFacts }] = await Promise.all([
    import("../sign-in/open-platform.ts"),
    import("../../platform/users.ts"),
  ]);
  const connection = openPlatform(vendor, token, io, verbose);
  try {
    return await tokenFacts(connection);
  } finally {
    await connection.close();
  }
}
