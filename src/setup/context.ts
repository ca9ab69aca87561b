import type { AppFile } from "../appfile/app-file.ts";
import { withCalledFiles } from "../appfile/called-files.ts";
import { disk, type Files } from "../appfile/files.ts";
import { type AppLocation, locateApps } from "../appfile/locate.ts";
import { readApp } from "../appfile/read.ts";
import type { Change } from "../change/change.ts";
import type { Journal } from "../change/journal.ts";
import type { Progress } from "../dialogue/dialogue.ts";
import type { Effect } from "../dialogue/effect.ts";
import { Failure } from "../failure.ts";
import type { Checkout } from "../git/checkout.ts";
import type { KeptTokens } from "../keychain/kept-tokens.ts";
import type { AccessTokenSource } from "../platform/access-token.ts";
import { type Addresses, addressesOf, withoutSignIn } from "../platform/addresses.ts";
import { type Connection, type ConnectOptions, connectTo } from "../platform/connection.ts";
import { currentUser } from "../platform/users.ts";
import type { Secret } from "../secret.ts";
import { type RecentProject, recentProjects, rememberProject } from "../settings.ts";
import { vendorOfFile } from "../vendors/detection.ts";
import type { Vendor } from "../vendors/vendor.ts";
import { openInBrowser } from "./browser.ts";
import { type Changes, openChanges } from "./context/changes.ts";
import { platformFacts, type SetupPlatform } from "./context/platform.ts";
import type { RepeatableFlag } from "./repeatable-flag.ts";
import type { Session, SetupRequest } from "./session.ts";

/** Where an operator's token was found. */
interface FoundToken {
  readonly token: Secret | AccessTokenSource;
  /** "from PLATFORMSH_CLI_TOKEN" */
  readonly because: string;
  /** What to do when it is refused. */
  readonly next: string;
}

/** Someone who accepts the invitation, makes the API token and hands it over. */
export interface Colleague {
  readonly label: string;
  readonly token: (email: string) => Promise<Secret>;
}

/** What depends on whose project it is. */
interface VendorSurroundings {
  readonly vendor: Vendor;
  readonly operatorToken?: FoundToken;
  /** The tokens in the system keychain. */
  readonly kept: KeptTokens;
}

/** What is the same for the whole setup. */
interface Surroundings {
  readonly checkout: Checkout;
  readonly signal: AbortSignal;
  /** Milliseconds between two looks at an activity or an invitation. */
  readonly pollMs: number;
  /** Milliseconds after which the program of a CI host is given up; its usual limit unless said. */
  readonly hostLimitMs?: number | undefined;
  /** The flags of the run's command, for the command to go on. */
  readonly flags: readonly RepeatableFlag[];
  /** Stands in for the person who makes the machine user's token; the demo has one. */
  readonly colleague?: Colleague;
}

/** What a context is made of. */
export interface ContextOptions extends Surroundings, VendorSurroundings {
  readonly request: SetupRequest;
  /** Looks for the same of another vendor, when a person chooses one. */
  readonly of?: (vendor: Vendor) => Promise<VendorSurroundings>;
  readonly journal: Journal;
  /** Says where the state is kept. */
  readonly env: NodeJS.ProcessEnv;
  readonly onRequest?: ConnectOptions["onRequest"];
}

/** What the steps of one setup work with: the facts, and the one way to change something. */
export interface SetupContext extends Surroundings, Pick<VendorSurroundings, "vendor" | "kept"> {
  /** Where the operator's token was found; undefined where none was. */
  readonly operatorToken: FoundToken | undefined;
  /** Where to talk to. Throws a Failure where nobody says where the vendor's API is. */
  readonly addresses: Addresses;
  readonly env: NodeJS.ProcessEnv;
  /** Takes the project for one of this vendor from here on. */
  choose(vendor: Vendor): Promise<void>;
  /** Every change that is made or, in a dry run, agreed to, in order. */
  readonly changes: Changes["all"];
  /** The files of this computer, as they would be after the changes of a dry run. */
  readonly files: Files;
  /** All that this run set about to change, as its journal has it. */
  readonly attempts: Journal["attempts"];
  /** Exchanges the token and reads whose it is. Throws an ApiFailure when it is refused. */
  signIn(token: Secret | AccessTokenSource): Promise<SetupPlatform>;
  /** Takes note of a token that a person pointed to. */
  found(token: FoundToken): void;
  /** The API as the operator sees it. Throws a Failure when nobody is signed in. */
  platform(): SetupPlatform;
  /** Drops all that the API said. */
  forget(): void;
  /** From here on changes have this effect; what was only noted before is forgotten. */
  begin(effect: Effect): void;
  /** A connection of its own for a token that has to be looked at. The caller closes it. */
  connectAs(token: Secret): Connection;
  /** The apps that the vendor reads; where it reads none of the files, all there are. */
  apps(): Promise<readonly AppLocation[]>;
  /** The app the session is about, as the file is now, or would be after the changes of a dry run. */
  app(session: Session): Promise<AppFile>;
  /** All apps of the checkout, but for those whose files can't be read. */
  everyApp(): Promise<readonly AppFile[]>;
  /** Applies a change, or notes it in a dry run, and waits for what it sets off. Gives one line in the past tense. */
  apply(change: Change, as?: Connection): Promise<string>;
  /** The operator's token when it was handed over in this run. */
  pastedToken: Secret | undefined;
  /** The machine user's token once it was proven to be that. */
  machineToken: Secret | undefined;
  /** Opens a page in the person's browser. Throws a Failure where there is none. */
  browse(address: string): Promise<void>;
  /** The projects that were worked on lately, the last one first. */
  recent(): Promise<readonly RecentProject[]>;
  /** Puts a project first among the recent ones; a dry run leaves no trace. */
  remember(id: string, title: string): Promise<void>;
  /** Tells the face what is being waited for: work, unless it is said to be a look. */
  progress(line: string, kind?: Progress["kind"]): void;
  onProgress(listener: (progress: Progress) => void): () => void;
  close(): Promise<void>;
}

/** Makes the context of one setup. Nothing is read and no request is made yet. */
export function createContext(options: ContextOptions): SetupContext {
  const { request, journal, env, onRequest, of, vendor, kept, operatorToken, ...surroundings } =
    options;
  const { signal, pollMs } = surroundings;
  let standing: VendorSurroundings = { vendor, kept, ...(operatorToken && { operatorToken }) };
  const listeners = new Set<(progress: Progress) => void>();
  const connections = new Set<Connection>();
  let facts: SetupPlatform | undefined;

  const progress = (line: string, kind: Progress["kind"] = "work") => {
    for (const listener of listeners) listener({ kind, line });
  };
  let { effect } = request;
  const opened = () =>
    openChanges({ effect, journal, signal, pollMs, waits: request.noWait !== true, progress });
  let changes = opened();
  const connectAs = (token: Secret | AccessTokenSource): Connection => {
    const watched = onRequest === undefined ? {} : { onRequest };
    const connection = connectTo(standing.vendor, env, { token, signal, ...watched });
    connections.add(connection);
    return connection;
  };
  const apps = async () => {
    const all = await locateApps(request.directory, request.appFile);
    const own = all.filter(({ shown }) => vendorOfFile(shown) === standing.vendor);
    return own.length === 0 ? all : own;
  };
  const readWhole = async (location: AppLocation): Promise<AppFile> => {
    const app = await readApp(location, (file) => changes.planned(file));
    const top = (await disk.real(request.directory)) ?? request.directory;
    return (await withCalledFiles(app, top, disk)).app;
  };

  return {
    ...surroundings,
    env,
    get vendor() {
      return standing.vendor;
    },
    get kept() {
      return standing.kept;
    },
    get operatorToken() {
      return standing.operatorToken;
    },
    get addresses() {
      return addressesOf(standing.vendor, env);
    },
    choose: async (chosen) => {
      if (of !== undefined && chosen !== standing.vendor) standing = await of(chosen);
    },
    found: (token) => {
      standing = { ...standing, operatorToken: token };
    },
    attempts: journal.attempts,
    get changes() {
      return changes.all;
    },
    get files() {
      return changes.files;
    },
    pastedToken: undefined,
    machineToken: undefined,
    progress,
    connectAs,
    apps,
    onProgress: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    signIn: async (token) => {
      const connection = connectAs(token);
      facts = platformFacts(connection, await currentUser(connection));
      return facts;
    },
    platform: () => {
      if (facts !== undefined) return facts;
      throw new Failure("signedOut", {
        what: "Not signed in",
        next: `put your API token into ${standing.vendor.tokenEnv}; ${withoutSignIn}`,
      });
    },
    forget: () => facts?.forget(),
    begin: (next) => {
      effect = next;
      changes = opened();
    },
    app: async (session) => {
      const name = session.answers.app?.value;
      const all = await apps();
      const location = all.find((candidate) => candidate.name === name);
      if (location === undefined) {
        // One that can't be read is listed without its name: then that is the reason.
        for (const { unread } of all) if (unread !== undefined) throw unread;
        throw new Failure("usage", {
          what: `There is no app ${name ?? ""} in the checkout any more`,
          next: "name one with --app",
        });
      }
      return readWhole(location);
    },
    everyApp: async () => {
      const all = await apps();
      const read = await Promise.all(all.map((location) => readWhole(location).catch(unreadable)));
      return read.flatMap((app) => app ?? []);
    },
    apply: (change, as) => changes.apply(change, facts, as),
    browse: (address) => openInBrowser(address, env),
    recent: () => recentProjects(env),
    remember: async (id, title) => {
      if (effect === "apply") await rememberProject(env, id, title);
    },
    close: async () => {
      await Promise.all([...connections].map((connection) => connection.close()));
      await journal.close();
    },
  };
}

/** One file's faults keep nobody from looking at the others. */
function unreadable(error: unknown): undefined {
  if (error instanceof Failure && error.reason === "uneditable") return undefined;
  throw error;
}
