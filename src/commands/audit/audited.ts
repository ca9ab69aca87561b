import type { AppFile } from "../../appfile/app-file.ts";
import { disk, withStandIn } from "../../appfile/files.ts";
import { NoAppFile } from "../../appfile/locate.ts";
import {
  type AuditSettings,
  readAuditSettings,
  settingsAfter,
} from "../../audit/audit-settings.ts";
import { factsAfter } from "../../audit/facts-after.ts";
import type { Finding, KnownVerdict, Unread } from "../../audit/finding.ts";
import { auditedFiles } from "../../audit/ignore/audited-files.ts";
import { ignoring } from "../../audit/ignoring.ts";
import {
  readNeighbours,
  readSubjects,
  type Subject,
  subjectWithText,
  textIn,
  vendorOfSubjects,
} from "../../audit/subject.ts";
import { filesWithTokens } from "../../audit/token-files.ts";
import {
  ciNotNamed,
  othersFiles,
  unreadApps,
  unreadCi,
  unreadFolders,
  unsureProject,
} from "../../audit/unread.ts";
import {
  type AuditReading,
  environmentFilesOf,
  readableApps,
  verdictOn,
} from "../../audit/verdict.ts";
import { type CiUse, ciCutShort, ciUses, pushesFromCi } from "../../automation/ci-jobs.ts";
import { jobsOf } from "../../automation/job.ts";
import { packagesOf } from "../../automation/vendor.ts";
import type { Change } from "../../change/change.ts";
import { ciAround } from "../../cifile/gather.ts";
import { type CiReading, noCi, withCiText } from "../../cifile/read.ts";
import { Failure } from "../../failure.ts";
import { readBranches, readCheckout } from "../../git/checkout.ts";
import { vendorNamed } from "../../git/project.ts";
import type { Connection } from "../../platform/connection.ts";
import type { DetectedVendor } from "../../vendors/detection.ts";
import type { TextFile } from "../../yaml/text-file.ts";
import type { Io } from "../terminal/io.ts";
import { askPlatform, type Online } from "./online.ts";
import type { AuditRunOptions } from "./options.ts";

/** All that an audit rests on. */
interface Reading extends AuditReading {
  readonly online: Online;
  readonly said: AuditSettings;
}

/** All that is under audit, kept up to date while fixes are made. */
export class AuditState {
  #reading: Reading;
  readonly #read: () => Promise<Reading>;
  /** The verdict on a reading, which is asked for several times. */
  #judged: { readonly of: Reading; readonly verdict: KnownVerdict } | undefined;

  /** @param read reads everything anew */
  constructor(reading: Reading, read: () => Promise<Reading>) {
    this.#reading = reading;
    this.#read = read;
  }

  /** The apps whose files could be read, without tasks; of the others nobody knows the names. */
  get apps(): readonly { readonly name: string; readonly file: string }[] {
    const apps = this.#apps().filter(({ location }) => location.form !== "task");
    return apps.map(({ location: { name, shown } }) => ({ name, file: shown }));
  }

  /** The files of the apps that could be read. */
  get appFiles(): readonly AppFile[] {
    return this.#apps();
  }

  /** The jobs of CI that use the CLI of a vendor, install it or have its token. */
  get ciUses(): readonly CiUse[] {
    return ciUses(this.#reading.ci);
  }

  /** What jobs may be in and can't be read: files of apps and of CI, and folders where other apps may be. */
  get unreadFiles(): readonly Pick<Unread, "what" | "why">[] {
    const { subjects, ci } = this.#reading;
    return [...unreadApps(subjects), ...unreadFolders(subjects), ...unreadCi(ci)];
  }

  /** Whose project it is, and how that is known. */
  get vendor(): DetectedVendor {
    return this.#reading.vendor;
  }

  get online(): Online {
    return this.#reading.online;
  }

  /** What was said beforehand about the findings. */
  get said(): AuditSettings {
    return this.#reading.said;
  }

  /** What counts now. */
  findings(): readonly Finding[] {
    return this.verdict().findings;
  }

  /** What counts now, and what may stay. */
  verdict(): KnownVerdict {
    const of = this.#reading;
    if (this.#judged?.of !== of) this.#judged = { of, verdict: verdictOfReading(of) };
    return this.#judged.verdict;
  }

  /** The change that has a finding ignored. Throws a `Failure` as `ignoring` of the audit does. */
  ignoring(finding: Finding, reason: string): Change {
    const { online, said } = this.#reading;
    return ignoring(finding, reason, {
      audited: this.#files(),
      textOf: (shown) => this.text(shown),
      configurationFile: said.configurationFile,
      ...(online.kind === "read" ? { project: online.facts.project.id } : {}),
    });
  }

  #files() {
    const { subjects, ci } = this.#reading;
    return auditedFiles(this.#apps(), ci, environmentFilesOf(subjects));
  }

  #apps(): readonly AppFile[] {
    return readableApps(this.#reading.subjects);
  }

  /** The text of a file under audit as it is now, by the path as people know it. */
  text(shown: string): string | undefined {
    return textIn(this.#reading.subjects, shown) ?? this.#files().files.get(shown)?.text;
  }

  /** Takes note of a change that was made, or that is to be looked at as if it were. */
  async changed(change: Change): Promise<void> {
    const { subjects, online, said, ci } = this.#reading;
    if (
      (change.kind === "file" || change.kind === "file-creation") &&
      change.path === said.configurationFile.path
    )
      this.#reading = { ...this.#reading, said: await settingsAfter(said, change.after) };
    if (change.kind === "file")
      this.#reading = {
        ...this.#reading,
        subjects: subjects.map((subject) => subjectWithText(subject, change.path, change.after)),
        ci: withCiText(ci, change.path, change.after),
      };
    if (online.kind === "read")
      this.#reading = {
        ...this.#reading,
        online: { ...online, facts: factsAfter(online.facts, change) },
      };
  }

  /** The same under audit, to try changes on: what `changed` tells the copy is not told to this one. */
  copy(): AuditState {
    return new AuditState(this.#reading, this.#read);
  }

  /** Reads files and API again. Throws as `openAudit` does; all is as it was then. */
  async reread(): Promise<void> {
    this.#reading = await this.#read();
  }

  /** Ends the connection to the API, where there is one. */
  async close(): Promise<void> {
    const { online } = this.#reading;
    if (online.kind === "read") await online.connection.close();
  }
}

function verdictOfReading({ said, ...reading }: Reading): KnownVerdict {
  const verdict = verdictOn(reading, said);
  const { online } = reading;
  if (online.kind === "skipped" || online.doubt === undefined) return verdict;
  const unread = { "which project": unsureProject, "whose files": othersFiles }[online.doubt];
  return {
    ...verdict,
    unread: [...verdict.unread, unread(online.facts.project, online.because)],
  };
}

/** Reads everything there is to audit. Throws a `Failure`: "usage" when there is no such app, or one of the API. */
export async function openAudit(options: AuditRunOptions, io: Io): Promise<AuditState> {
  const first = await readAll(options, io, undefined);
  const connection = first.online.kind === "read" ? first.online.connection : undefined;
  return new AuditState(first, () => readAll(options, io, connection));
}

/** @param connection one that is open already */
async function readAll(
  options: AuditRunOptions,
  io: Io,
  connection: Connection | undefined,
): Promise<Reading> {
  const said = await readAuditSettings(options);
  const { standIn, only } = options;
  const files = standIn === undefined ? disk : withStandIn(disk, standIn);
  const chosen = { ...options, configuration: said.configuration };
  const [found, neighbours, branches, packages, tokenSearch, ciThere, checkout] = await Promise.all(
    [
      readSubjects(options.directory, chosen, files).catch(noAppFileIn),
      readNeighbours(options.directory, chosen, files).catch((error: unknown) => {
        // What is wrong with the checkout is told of the app that was named.
        if (error instanceof Failure) return [];
        throw error;
      }),
      readBranches(options.directory, io.env),
      packagesOf(options.directory, files),
      filesWithTokens(options.directory, io.env, standIn),
      ciAround(options.directory, files),
      // Offline only the files are looked at; without a process of Git that is soon done.
      options.offline ? undefined : readCheckout(options.directory, io.env),
    ],
  );
  // What is audited by its name is that alone.
  const isNamed = options.appFile !== undefined || options.app !== undefined;
  const ci = isNamed ? noCi : ciThere;
  const subjects = found instanceof NoAppFile ? subjectsWithoutApp(found, ci, options) : found;
  const remote = vendorNamed(checkout?.projects ?? []);
  const named = options.vendor === undefined ? {} : { named: options.vendor };
  const vendor = vendorOfSubjects(
    subjects,
    { ...named, ...(remote === undefined ? {} : { remote }), ci, env: io.env },
    packages,
  );
  const wanted = { jobs: readableApps(subjects).flatMap(jobsOf), pushes: pushesFromCi(ci) };
  const online = await askPlatform({ ...options, vendor: vendor.vendor }, io, connection, wanted);
  return {
    subjects,
    vendor,
    whole: options.app === undefined,
    neighbours,
    ...(isNamed || said.configuration.exclude.length > 0 ? {} : { hasEveryApp: true }),
    git: branches,
    tokenSearch,
    ci,
    leftOut: isNamed && ciThere.texts.size > 0 ? [ciNotNamed] : [],
    ...(only === undefined ? {} : { only }),
    online,
    said,
  };
}

/** That there is no file of an app, for who knows what else there is; any other error is thrown on. */
function noAppFileIn(error: unknown): NoAppFile {
  if (error instanceof NoAppFile) return error;
  throw error;
}

/**
 * None, where the CI of the repository is audited alone: at its top, since an app may be in another folder of it.
 * Throws the failure everywhere else; where CI files are all there is and can't be read, it says so.
 */
function subjectsWithoutApp(
  missing: NoAppFile,
  ci: CiReading,
  { ciAlone = false }: AuditRunOptions,
): readonly Subject[] {
  const isHere = ({ shown }: Pick<TextFile, "shown">) => ciAlone && !shown.startsWith("../");
  if ([...ciUses(ci), ...ciCutShort(ci)].some(({ job }) => isHere(job.file.source))) return [];
  const closed = ci.unreadable.find(({ file }) => isHere(file));
  if (closed === undefined) throw missing;
  const { what, where = closed.file.shown, why = what } = closed.failure.parts;
  throw new Failure("usage", {
    what: "No application is configured here, and the CI file can't be read",
    where,
    why,
    next: "put the file right, or start in the project's directory",
  });
}
