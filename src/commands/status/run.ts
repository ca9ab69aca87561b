import { NoApplication } from "../../appfile/locate.ts";
import type { ExitReason } from "../../exit-code.ts";
import { type Fact, known } from "../../fact.ts";
import { Failure } from "../../failure.ts";
import type { DocumentOf } from "../../json-document.ts";
import { hasAddresses } from "../../platform/addresses.ts";
import { reportedVendor } from "../../report/report.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { type AuditState, openAudit } from "../audit/audited.ts";
import { readAuditOptions } from "../audit/options.ts";
import { flagsOf } from "../command.ts";
import { operatorToken } from "../sign-in/operator-token.ts";
import { vendorIn } from "../sign-in/vendor.ts";
import type { Io } from "../terminal/io.ts";
import type { statusForm } from "./form.ts";
import { statusLines } from "./lines.ts";
import { standingOf } from "./standing.ts";
import type { AccountStatus, Status } from "./status.ts";

/** What the flags ask for. */
export interface StatusRequest {
  /** Absolute. */
  readonly directory: string;
  readonly project?: string;
  readonly environment?: string;
  readonly offline: boolean;
  readonly json: boolean;
  /** The vendor that was named; undefined where the project's files are to tell. */
  readonly vendor: Vendor | undefined;
  readonly verbose: boolean;
}

/**
 * Tells who is signed in, whose project it is and how it stands; asks the platform when signed in, and changes nothing.
 * Gives "findings" when something is wrong with what is set up, and, after telling the rest, the reason of a token that
 * is refused, an API that fails and a journal that can't be read. Throws a `Failure` for a folder that can't be read.
 */
export async function statusCommand(request: StatusRequest, io: Io): Promise<ExitReason> {
  const { status, failure } = await readStatus(request, io);
  if (request.json) io.document(JSON.stringify(asData(status), null, 2));
  else for (const line of statusLines(status, io.columns)) io.out(line);
  // What was asked of the platform isn't known: that is no success, also when the rest was told.
  if (failure !== undefined) return failure.reason;
  return (status.standing?.findings.error ?? 0) > 0 ? "findings" : "done";
}

/** How it stands, and what the API answered in the place of what was asked. Throws a `Failure` for a folder that can't be read. */
export async function readStatus(
  request: StatusRequest,
  io: Io,
): Promise<{ readonly status: Status; readonly failure?: Failure }> {
  const { directory, vendor } = request;
  const detected = await vendorIn(directory, { named: vendor }, io);
  const found = await lookAt(request, io);
  const { audited } = found;
  try {
    const { account, failure: refusal } = await accountOf(request, detected.vendor, found, io);
    const { failure: unreadJournal, ...run } = await lastRunOn(directory, io.env);
    const failure = refusal ?? unreadJournal;
    const online = audited?.online;
    return {
      ...(failure === undefined ? {} : { failure }),
      status: {
        directory,
        vendor: reportedVendor(audited?.vendor ?? detected),
        account,
        project:
          online?.kind === "read"
            ? {
                state: "known",
                id: online.facts.project.id,
                title: online.facts.project.title,
                environment: online.facts.environment.id,
                because:
                  online.doubt === "which project"
                    ? `not certain: ${online.because}`
                    : online.because,
              }
            : { state: "unread", why: online?.because ?? found.why ?? "there is no app here" },
        standing: audited === undefined ? null : standingOf(audited),
        noStanding: audited === undefined ? (found.why ?? null) : null,
        ...run,
      },
    };
  } finally {
    await audited?.close();
  }
}

/** What the audit reads here, or why there is nothing. */
interface Look {
  readonly audited?: AuditState;
  /** Why there is nothing to audit. */
  readonly why?: string;
  /** What the API answered instead of what was asked. */
  readonly failure?: Failure;
}

async function lookAt(request: StatusRequest, io: Io): Promise<Look> {
  try {
    return { audited: await openAudit(auditOptions(request, request.offline), io) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.reason === "signedOut" || error.reason === "api")
      return { audited: await openAudit(auditOptions(request, true), io), failure: error };
    // Only of a folder without an app it is known that nothing is set up there.
    if (!(error instanceof NoApplication) || request.project !== undefined) throw error;
    return { why: error.parts.what };
  }
}

function auditOptions({ directory, vendor, verbose, ...request }: StatusRequest, offline: boolean) {
  const { project, environment } = request;
  return {
    ...readAuditOptions({ directory }, flagsOf("audit", { project, environment, offline })),
    vendor,
    verbose,
    face: "flags",
    flags: [],
  } as const;
}

async function accountOf(
  { offline, verbose }: StatusRequest,
  vendor: Vendor,
  { audited, failure: asked }: Look,
  io: Io,
): Promise<{ readonly account: AccountStatus; readonly failure?: Failure }> {
  if (offline) return { account: { state: "not-asked", why: "--offline" } };
  if (!hasAddresses(vendor, io.env))
    return {
      account: {
        state: "not-asked",
        why: `no public source says where the API of ${vendor.name} is`,
      },
    };
  const operator = await operatorToken(vendor, io);
  if (operator === undefined)
    return { account: { state: "signed-out", why: `${vendor.tokenEnv} is not set` } };
  if (asked?.reason === "signedOut") return refused(asked);
  const { because } = operator;
  const online = audited?.online;
  const [{ openPlatform }, { currentUser }] = await Promise.all([
    import("../sign-in/open-platform.ts"),
    import("../../platform/users.ts"),
  ]);
  const open = online?.kind === "read" ? online.connection : undefined;
  const connection = open ?? openPlatform(vendor, operator.token, io, verbose);
  try {
    const { id, email } = await currentUser(connection);
    const { ownApiTokens } = await import("../../platform/api-tokens.ts");
    const since = await ownApiTokens(connection, id).then(madeAt, unread);
    return {
      account: { state: "signed-in", email, because, since },
      ...(asked === undefined ? {} : { failure: asked }),
    };
  } catch (error) {
    if (error instanceof Failure && error.reason === "signedOut") return refused(error);
    // Who it is isn't known where the API gave no answer.
    if (error instanceof Failure && error.reason === "api")
      return { account: { state: "not-asked", why: wordsOf(error) }, failure: error };
    throw error;
  } finally {
    if (open === undefined) await connection.close();
  }
}

function refused(failure: Failure) {
  const account: AccountStatus = { state: "refused", why: wordsOf(failure) };
  return { account, failure };
}

function wordsOf({ parts: { what, why } }: Failure): string {
  return why === undefined ? what : `${what}: ${why}`;
}

function madeAt(tokens: readonly { readonly createdAt: string | undefined }[]): Fact<string> {
  const [only, another] = tokens;
  if (another !== undefined)
    return { kind: "unread", why: `the account has ${tokens.length} API tokens` };
  return only?.createdAt === undefined
    ? { kind: "unread", why: "the API doesn't say it" }
    : known(only.createdAt);
}

function unread(error: unknown): Fact<string> {
  if (error instanceof Failure && error.reason !== "interrupted")
    return { kind: "unread", why: error.parts.why ?? error.parts.what };
  throw error;
}

/** The last run, or why it isn't known, as a journal that can't be read leaves it. */
async function lastRunOn(
  directory: string,
  env: NodeJS.ProcessEnv,
): Promise<Pick<Status, "lastRun" | "noLastRun"> & { readonly failure?: Failure }> {
  const { planUndo } = await import("../../change/undo.ts");
  try {
    const { started, entries } = await planUndo(directory, env);
    const lastRun = started === undefined ? null : { started, changes: entries.length };
    return { lastRun, noLastRun: null };
  } catch (error) {
    if (!(error instanceof Failure) || error.reason === "interrupted") throw error;
    const { what, why } = error.parts;
    const noLastRun = why === undefined ? what : `${what}: ${why}`;
    return { lastRun: null, noLastRun, failure: error };
  }
}

/** The same as programs read it: what isn't known is null, and its reason stands beside it. */
function asData({ account, ...rest }: Status): DocumentOf<typeof statusForm> {
  const head = { version: 1, command: "status" } as const;
  if (account.state !== "signed-in") return { ...head, ...rest, account };
  const { since, ...shown } = account;
  const isoSince = since.kind === "known" ? since.value : null;
  return { ...head, ...rest, account: { ...shown, since: isoSince } };
}
