import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runPlace } from "../../src/change/run-file.ts";
import { logoutCommand } from "../../src/commands/logout/run.ts";
import { openStateFile } from "../../src/commands/sandbox/state-file.ts";
import { Failure } from "../../src/failure.ts";
import { keptTokens } from "../../src/keychain/kept-tokens.ts";
import type { Keychain } from "../../src/keychain/keychain.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { Secret } from "../../src/secret.ts";
import { keptAccounts, recentProjects, rememberProject } from "../../src/settings.ts";
import { savedSetups, setupKeeper } from "../../src/setup/saved-setup.ts";
import type { Session } from "../../src/setup/session.ts";
import { vendors } from "../../src/vendors/registry.ts";
import { someCells } from "../amounts.ts";
import { type DiskCall, type DiskFault, onFaultyDisk } from "../change/faulty-disk.ts";
import { memoryKeychain } from "../keychain/memory-keychain.ts";
import { type Cell, cellsOf, enter, printTable, type Said } from "./fault-table.ts";

const api = "https://api.example.org";
const directory = "/checkout";
const accounts = ["operator", { machineUserOf: "abcdefgh12345" }] as const;

/** What is kept between runs, with a keychain of its own. */
interface Place {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly keychain: Keychain & { readonly secrets: ReadonlyMap<string, Secret> };
}

/** What is there in the end, on a disk that is well again, and in what it contradicts what was said. */
interface Found {
  readonly left: string;
  readonly wrong: readonly (readonly [boolean, string])[];
}

interface Operation {
  readonly name: string;
  prepare(place: Place): Promise<void>;
  /** Does it. @param say takes a line for the person who asked for it */
  run(place: Place, say: (line: string) => void): Promise<void>;
  look(place: Place, said: Said): Promise<Found>;
}

const tokensOf = ({ env, keychain }: Place) => keptTokens(env, api, async () => keychain);
const keepAll = async (place: Place) => {
  for (const account of accounts) await tokensOf(place).keep(account, new Secret("canary"));
};
const logout = (place: Place, say: (line: string) => void) =>
  logoutCommand(vendors.platformsh, {
    ...{ out: say, err: say, document: say, env: place.env },
    keychain: async () => place.keychain,
    signal: new AbortController().signal,
  });

const whatOf = (failure: unknown) => (failure instanceof Failure ? failure.parts.what : "");
const wordsOf = (failure: unknown) =>
  failure instanceof Failure ? Object.values(failure.parts).join(" ") : "";

const asked = { origin: "asked", basis: "" } as const;

/** A setup of which the kind of backup is answered. */
const session = (backup: string): Session => ({
  request: {
    ...{ directory, only: ["cron"], offline: false, installer: "bash", cronNames: {} },
    ...{ effect: "apply", given: {} },
  },
  answers: {
    project: { value: "abcdefgh12345", shown: "Shop", because: "you chose", ...asked },
    "backup-kind": { value: backup, shown: backup, because: "you chose", ...asked },
  },
});

const setupIn = async ({ env }: Place) => savedSetups(directory, env, undefined);
const stateIn = ({ folder }: Place) => readFile(join(folder, "shop.json"), "utf8");
let states: { readonly before: string; readonly after: string };

const operations: readonly Operation[] = [
  {
    name: "keep a token",
    prepare: async () => undefined,
    run: async (place, say) => {
      await tokensOf(place).keep("operator", new Secret("canary"));
      say("done: kept");
    },
    look: async (place, { failure }) => {
      const isKept = place.keychain.secrets.size > 0;
      const isNoted = (await keptAccounts(place.env)).length > 0;
      return {
        left: isKept ? "all" : "as before",
        wrong: [
          [failure === undefined && !isKept, "it is said to be kept, and isn't"],
          [failure !== undefined && isKept, "it is said not to be kept, and is"],
          [isKept && !isNoted, "it is kept, and no logout would know of it"],
        ],
      };
    },
  },
  {
    name: "logout",
    prepare: keepAll,
    run: logout,
    look: async (place, { text, failure }) => {
      const { size } = place.keychain.secrets;
      const forgotten = text.match(/^Forgotten: /gmu)?.length ?? 0;
      await logout(place, () => undefined);
      const then = [place.keychain.secrets.size, (await keptAccounts(place.env)).length];
      return {
        left: ["all", "a part", "as before"][size] ?? "more",
        wrong: [
          [forgotten !== accounts.length - size, `${forgotten} are said to be forgotten`],
          [failure === undefined && size > 0, "success is said, and a token is kept"],
          [
            size < accounts.length && /nothing was done/u.test(whatOf(failure)),
            "nothing is said to be done, and a token is forgotten",
          ],
          [then.some((count) => count > 0), "the next logout leaves something"],
        ],
      };
    },
  },
  {
    name: "sandbox --state",
    prepare: async (place) => writeFile(join(place.folder, "shop.json"), states.before),
    run: async (place, say) => {
      const file = await openStateFile(join(place.folder, "shop.json"));
      await file.write(states.after).finally(() => file.close());
      say("done: written");
    },
    look: async (place, { failure }) => {
      const now = await stateIn(place);
      const leftovers = (await readdir(place.folder)).filter((name) => name.endsWith("-tmp"));
      return {
        left: now === states.before ? "as before" : now === states.after ? "all" : "a part",
        wrong: [
          [now !== states.before && now !== states.after, "the state is there in part"],
          [failure === undefined && now !== states.after, "success is said, and it isn't written"],
          [
            /nothing was written|had before is still there/u.test(wordsOf(failure)) &&
              now !== states.before,
            "it is said to be as it was",
          ],
          [failure === undefined && leftovers.length > 0, "something is left beside it"],
        ],
      };
    },
  },
  {
    name: "a saved setup",
    prepare: async ({ env }) => setupKeeper(directory, env).keep(session("live"), "Backup"),
    run: async ({ env }) => setupKeeper(directory, env).keep(session("consistent"), "Backup"),
    look: async (place, { failure }) => {
      const { offer, damaged } = await setupIn(place);
      const kind = offer?.answers["backup-kind"];
      return {
        left: kind === "live" ? "as before" : kind === "consistent" ? "all" : "a part",
        wrong: [
          [failure !== undefined, "it ends the setup"],
          [damaged.length > 0, "it is damaged"],
          [kind === undefined, "it is gone"],
        ],
      };
    },
  },
  {
    name: "a saved setup that is too old",
    prepare: async ({ env }) => {
      await setupKeeper(directory, env).keep(session("live"), "Backup");
      const { setups } = await runPlace(directory, env);
      const file = join(setups, "abcdefgh12345.json");
      const saved = JSON.parse(await readFile(file, "utf8"));
      await writeFile(file, JSON.stringify({ ...saved, left: "2020-01-01T00:00:00.000Z" }));
    },
    run: async (place, say) => say(`offered: ${(await setupIn(place)).offer !== undefined}`),
    look: async (place, { text, failure }) => ({
      left: "as before",
      wrong: [
        [failure !== undefined, "it ends the setup"],
        [text.includes("offered: true"), "it is offered"],
        [(await setupIn(place)).offer !== undefined, "it is offered the next time"],
      ],
    }),
  },
  {
    name: "a recent project",
    prepare: async ({ env }) => rememberProject(env, "earlier"),
    run: async ({ env }) => rememberProject(env, "later"),
    look: async ({ env }, { failure }) => {
      const ids = (await recentProjects(env)).map(({ id }) => id);
      return {
        left: ids[0] === "later" ? "all" : "as before",
        wrong: [
          [failure !== undefined, "it ends the run"],
          [!ids.includes("earlier"), "what was there is lost"],
        ],
      };
    },
  },
];

let top: string;

beforeAll(async () => {
  top = await mkdtemp(join(tmpdir(), "machinist-test-"));
  const sandbox = await startSandbox({ activityMs: 1 });
  const before = sandbox.state();
  sandbox.makeToken("operator@example.org", "another");
  states = { before, after: sandbox.state() };
  await sandbox.close();
});

afterAll(async () => {
  await rm(top, { recursive: true, force: true });
  printTable();
});

/** Does an operation on a disk that fails, each time from the same beginning. */
async function played(
  { name, prepare, run }: Operation,
  faultOf: (call: DiskCall) => DiskFault | undefined,
) {
  const folder = join(top, name.replaceAll(" ", "-"));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  const place = {
    folder,
    env: { MACHINIST_HOME: join(folder, "state"), PLATFORMSH_CLI_API_BASE_URL: api },
    keychain: memoryKeychain(),
  };
  await prepare(place);
  const lines: string[] = [];
  let failure: unknown;
  const calls = await onFaultyDisk(faultOf, () =>
    run(place, (line) => lines.push(line)).catch((error: unknown) => {
      failure = error;
    }),
  );
  return { place, calls, said: { text: lines.join("\n"), failure } };
}

describe.each(operations.map((operation) => [operation.name, operation] as const))(
  "a disk that fails under %s",
  (_name, operation) => {
    const play = async (cell: Cell): Promise<readonly string[]> => {
      const { place, said } = await played(operation, cell.faultOf);
      const { left, wrong } = await operation.look(place, said);
      enter(operation.name, cell, left, said);
      const isWordless = said.failure !== undefined && !(said.failure instanceof Failure);
      return [...wrong, [isWordless, `a failure without words: ${said.failure}`] as const].flatMap(
        ([isWrong, what]) => (isWrong ? [`${cell.shown}: ${what}`] : []),
      );
    };

    test("leaves no sentence that the disk contradicts, and loses nothing that was kept", async () => {
      const { calls } = await played(operation, () => undefined);
      expect(calls.length).toBeGreaterThan(0);
      const wrong: string[] = [];
      for (const cell of someCells(cellsOf(calls))) wrong.push(...(await play(cell)));
      expect(wrong).toEqual([]);
    });
  },
);
