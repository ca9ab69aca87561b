import { interruptedChanges } from "../../change/interrupted-run.ts";
import { openJournal } from "../../change/journal.ts";
import { hasChanged, isWhole } from "../../change/ledger.ts";
import { addRecord, assertRecordFile } from "../../change/record-file.ts";
import { createDialogue, type Running } from "../../dialogue/engine.ts";
import type { Answer } from "../../dialogue/session.ts";
import { assertFolder } from "../../disk/folders.ts";
import type { ExitReason } from "../../exit-code.ts";
import { Failure } from "../../failure.ts";
import { type Checkout, readCheckout } from "../../git/checkout.ts";
import { likelyProject, projectTarget } from "../../git/project.ts";
import { ciSystemFound } from "../../setup/ci/found.ts";
import { type Colleague, createContext } from "../../setup/context.ts";
import { findOfficialCli } from "../../setup/official-cli.ts";
import { type RunEnd, runRecord } from "../../setup/record.ts";
import type { RepeatableFlag } from "../../setup/repeatable-flag.ts";
import { ledgerReport } from "../../setup/report.ts";
import { savedSetups, setupKeeper } from "../../setup/saved-setup.ts";
import type { SetupRequest, StepId } from "../../setup/session.ts";
import type { Procedure } from "../../setup/step.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import type { Face } from "../faces/choose.ts";
import { runFlags } from "../faces/flags.ts";
import { failureReport } from "../failure-report.ts";
import { operatorToken, tokensOf } from "../sign-in/operator-token.ts";
import { requestLog } from "../sign-in/request-log.ts";
import { vendorIn } from "../sign-in/vendor.ts";
import { type Io, tellFailure, untilInterrupted } from "../terminal/io.ts";

/** How a guided command is run, beside what it is to do. */
export interface GuidedRunOptions {
  /** The vendor that was named; undefined where the project's files are to tell. */
  readonly vendor: Vendor | undefined;
  readonly face: Face;
  /** The changes are agreed to beforehand. */
  readonly yes: boolean;
  /** One JSON document on standard output; people's lines go to standard error. */
  readonly json: boolean;
  /** Each request is told on standard error. */
  readonly verbose: boolean;
  /** Where nobody is asked, the reason for each question is told. */
  readonly reasons: boolean;
  /** Absolute path of the file that gets the record of the run. */
  readonly record?: string;
  /** The flags of the command, for the command to go on. */
  readonly flags: readonly RepeatableFlag[];
  /** Stands in for the person who makes the machine user's token. */
  readonly colleague?: Colleague;
  /** Milliseconds between two looks at something that is waited for; 3000 when not given, as the official CLI has it. */
  readonly pollMs?: number;
  /** Milliseconds after which the program of a CI host is given up; its usual limit unless said. */
  readonly hostLimitMs?: number;
}

/**
 * Runs a guided command on the face that was chosen. With nobody to ask it is rehearsed first, so that an answer that is
 * missing or a file that can't be edited ends the run before anything was changed.
 * Gives "leftOut" when it came to its end and not all that was wished is done. Throws a Failure, after telling what was
 * done so far.
 *
 * @param makeProcedure makes the plan of one run
 */
export async function runGuided(
  makeProcedure: () => Procedure,
  request: SetupRequest,
  manner: GuidedRunOptions,
  io: Io,
): Promise<ExitReason> {
  if (manner.record !== undefined) await assertRecordFile(manner.record);
  if (makeProcedure().rehearsed && manner.face === "flags" && request.effect === "apply") {
    await perform(makeProcedure(), { ...request, effect: "rehearse" }, manner, io);
  }
  return perform(makeProcedure(), request, manner, io);
}

/** What the run rests on, read before its first step. Throws a Failure "interrupted" that says so when a signal ends that. */
async function prepare(
  procedure: Procedure,
  asked: SetupRequest,
  manner: GuidedRunOptions,
  io: Io,
) {
  try {
    return await untilInterrupted(() => read(procedure, asked, manner, io), io);
  } catch (error) {
    if (!io.signal.aborted) throw error;
    const next = "give the same command again to go on";
    throw new Failure("interrupted", { what: "Interrupted; nothing was changed", next });
  }
}

async function read(procedure: Procedure, asked: SetupRequest, manner: GuidedRunOptions, io: Io) {
  if (asked.withoutCheckout !== true) await assertFolder(asked.directory);
  const checkout = await readCheckout(asked.directory, io.env);
  const detected = await vendorIn(
    asked.directory,
    { ...asked, named: manner.vendor, checkout },
    io,
  );
  const keeps = procedure.resumable && manner.face !== "flags" && asked.effect === "apply";
  const asksWhere = procedure.command === "setup" && manner.face !== "flags" && !asked.offline;
  const withoutCheckout = asked.withoutCheckout === true || checkout.root === undefined;
  const ciSystem =
    asksWhere ||
    asked.given["verify-job"] !== undefined ||
    (procedure.command === "rotate" && !withoutCheckout)
      ? await ciSystemFound(checkout)
      : undefined;
  const of = async (vendor: Vendor) => {
    const found = await operatorToken(vendor, io);
    return {
      vendor,
      kept: tokensOf(vendor, io),
      ...(found === undefined ? {} : { operatorToken: found }),
    };
  };
  const surroundings = await of(detected.vendor);
  // Without somebody to ask, no program is asked for a token.
  const officialCli =
    manner.face === "flags" || surroundings.operatorToken !== undefined
      ? undefined
      : await findOfficialCli(detected.vendor, io.env, asked.directory);
  const request = {
    ...(ciSystem === undefined ? {} : { ciSystem }),
    ...(officialCli === undefined ? {} : { officialCli }),
    ...(keeps ? await withSaved(asked, checkout, io) : asked),
    vendor: detected,
    ...(withoutCheckout ? { withoutCheckout } : {}),
    checkoutOf: checkout.projects,
  };
  const context = createContext({
    ...surroundings,
    of,
    request,
    checkout,
    journal: await openJournal(request.directory, io.env, io.signal),
    signal: io.signal,
    env: io.env,
    pollMs: manner.pollMs ?? 3000,
    hostLimitMs: manner.hostLimitMs,
    flags: manner.flags,
    ...(manner.colleague === undefined ? {} : { colleague: manner.colleague }),
    ...(manner.verbose ? { onRequest: requestLog(io.err) } : {}),
  });
  return { request, context, keeps };
}

async function perform(
  procedure: Procedure,
  asked: SetupRequest,
  manner: GuidedRunOptions,
  io: Io,
): Promise<ExitReason> {
  const { request, context, keeps } = await prepare(procedure, asked, manner, io);
  const isRehearsal = request.effect === "rehearse";
  if (!isRehearsal)
    for (const sentence of await interruptedChanges(request.directory, io.env)) io.err(sentence);
  const setup = createDialogue(procedure, { request, answers: {} }, context, {
    plans: manner.face !== "flags",
    ...(keeps ? { keeper: setupKeeper(request.directory, io.env) } : {}),
  });
  const say = isRehearsal ? () => undefined : manner.json ? io.err : io.out;
  const record = async (end: RunEnd) => {
    if (manner.record === undefined || isRehearsal) return;
    await addRecord(
      manner.record,
      runRecord(procedure, setup.session, context, setup.ledger(), end),
    );
    say(`the record is in ${manner.record}`);
  };
  try {
    const played = () => runFace(procedure, setup, manner, io, say);
    for (const line of await untilInterrupted(played, io)) say(line);
    const ledger = setup.ledger();
    await record({ kind: "finished" });
    if (manner.json && !isRehearsal)
      io.document(
        JSON.stringify(procedure.report(setup.session, context, ledger, setup.items()), null, 2),
      );
    return isWhole(ledger) ? "done" : "leftOut";
  } catch (error) {
    const failure = error instanceof Failure ? error : undefined;
    const ledger = setup.ledger();
    const said = setup.ending(failure);
    if (failure?.reason !== "usage" || hasChanged(ledger)) {
      for (const line of said) io.err(line);
      // What ended the run counts more than a record that can't be written.
      await record({ kind: "left", said, failure }).catch((also: unknown) => {
        if (also instanceof Failure) tellFailure(also, io);
      });
    }
    if (manner.json && failure !== undefined) {
      const report = { ...failureReport(procedure.command, failure), ...ledgerReport(ledger) };
      io.document(JSON.stringify(report, null, 2));
    }
    throw error;
  } finally {
    await context.close();
  }
}

/** Adds the setup that was left before its end; what can't be read is told, and is no failure. */
async function withSaved(
  request: SetupRequest,
  { projects }: Checkout,
  io: Io,
): Promise<SetupRequest> {
  const project = request.given.project ?? likelyProject(projectTarget(projects))?.id;
  const { offer, damaged } = await savedSetups(request.directory, io.env, project);
  for (const path of damaged) {
    io.err(`A setup that was left before its end can't be read, and is not gone on with: ${path}`);
  }
  return offer === undefined || request.offline ? request : { ...request, saved: offer };
}

async function runFace(
  procedure: Procedure,
  setup: Running<SetupRequest, StepId>,
  manner: GuidedRunOptions,
  { signal, terminal }: Io,
  say: (line: string) => void,
): Promise<readonly string[]> {
  switch (manner.face) {
    case "flags":
      return runFlags(
        setup,
        {
          agreed: manner.yes || setup.session.request.effect !== "apply",
          showing: setup.session.request.effect === "show",
          reasons: manner.reasons,
        },
        say,
      );
    case "lines": {
      const [{ runLines }, { terminalReader }] = await Promise.all([
        import("../faces/lines.ts"),
        import("../faces/terminal-reader.ts"),
      ]);
      const reader = terminalReader(signal);
      try {
        return await runLines(setup, reader, say);
      } finally {
        reader.close();
      }
    }
    case "screens": {
      const { runWizard } = await import("../../tui/wizard.tsx");
      const end = await runWizard(setup, () => headerOf(procedure, setup), terminal);
      if (end.kind === "failed") throw end.failure;
      if (end.kind === "interrupted")
        throw new Failure("interrupted", { what: `Interrupted (${end.signal})` });
      return end.summary;
    }
  }
}

function headerOf(
  { command }: Procedure,
  { session: { answers, request } }: Running<SetupRequest, StepId>,
) {
  const { project, environment, vendor: told } = answers;
  return {
    title: `machinist ${command}${request.effect === "show" ? ", dry run" : ""}`,
    account: request.offline ? "offline" : (answers["sign-in"]?.shown ?? "not signed in"),
    place: [
      ...(project === undefined ? [] : [nameIn(project)]),
      ...(environment === undefined ? [] : [environment.value]),
    ],
    vendor: told === undefined ? undefined : { name: told.shown, because: told.because },
  };
}

/** "Shop", of "Shop (abcdefgh12345)". */
function nameIn({ shown, value }: Answer): string {
  return shown.replace(` (${value})`, "");
}
