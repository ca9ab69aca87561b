import fc from "fast-check";
import { expect, test } from "vitest";
import { type FixPromise, proofOf, type ScriptToPlay } from "../../src/shell/behaviour.ts";
import { Unplayable } from "../../src/shell/play/unplayable.ts";
import { guardStatement, type Replacement } from "../../src/shell/replacement.ts";
import { type CliCommand, readScript } from "../../src/shell/script.ts";
import { mostSituations, ofScripts } from "../amounts.ts";
import { playedByDash, type Staging } from "./play/by-dash.ts";
import { playedFiles, playedScript } from "./play/scripts.ts";
import { asPrinted, comparable, environments, played } from "./play/stage.ts";

const main = { kind: "branch", branch: "main" } as const;

function scriptOf(text: string, files: ReadonlyMap<string, string> = new Map()): ScriptToPlay {
  return { text, shell: "dash", stage: "runtime", files };
}

interface Fix {
  readonly replacement: Replacement;
  readonly promises: FixPromise;
}

function callOf({ start, end, written }: CliCommand) {
  return { in: "", start, end, name: written };
}

function guarded(text: string, command: CliCommand): Fix | undefined {
  const replacement = guardStatement(text, command.start, main, true);
  const promises = { kind: "guarded", call: callOf(command), guard: main } as const;
  return replacement && { replacement, promises };
}

function notWaitedFor(command: CliCommand): Fix {
  const { nameEnd, written } = command;
  return {
    replacement: { start: nameEnd, end: nameEnd, text: " --no-wait" },
    promises: {
      kind: "words",
      call: callOf(command),
      change: { add: "--no-wait", after: written },
      loses: "that only says whether it was started",
    },
  };
}

function edited(text: string, { start, end, text: by }: Replacement): string {
  return text.slice(0, start) + by + text.slice(end);
}

/** What is said of the fix of the first call in a script. */
function said(text: string, fixOf: (text: string, command: CliCommand) => Fix | undefined) {
  const [command] = readScript(text).commands;
  const fix = command && fixOf(text, command);
  if (fix === undefined) return "no fix";
  const after = scriptOf(edited(text, fix.replacement));
  const proof = proofOf(scriptOf(text), after, fix.promises);
  return proof.kind === "proven" ? "proven" : proof.because;
}

test.each([
  ["platform backup:create", "proven"],
  ["drush cron\nplatform backup:create\ndrush state", "proven"],
  ["if [ -f x ]; then\n  echo x\nelse\n  platform backup:create\n  drush cron\nfi", "proven"],
  ["job() {\n  platform backup:create\n}\njob", "proven"],
  ["drush cron && platform backup:create", "in some cases it then doesn't run drush cron"],
  [
    "cd web && platform backup:create\ndrush cron",
    "in some cases it then runs drush cron in another directory",
  ],
  ["NAME=$(date) && platform backup:create\ndrush $NAME", "in some cases it then doesn't run date"],
  [
    "platform backup:create\n[ $? -eq 0 ] && curl ping",
    "curl ping depends on how platform backup:create ends, and where PLATFORM_BRANCH is another, it would pass for done",
  ],
  ["cd web && drush cron; cd -\nplatform backup:create\ndrush state", "proven"],
  [
    "cd web\ncd tmp && platform backup:create\ncd -\ndrush state",
    "in some cases it then runs drush state in another directory",
  ],
  ["cd -\nplatform backup:create", "proven"],
  ["platform backup:create && exit 3", "in some cases it then ends with the status 0 and not 3"],
  [
    "platform backup:create\n[ $? -gt 1 ] && curl ping",
    "curl ping depends on how platform backup:create ends, and where PLATFORM_BRANCH is another, it would pass for done",
  ],
  [
    "platform backup:create >/tmp/made\nrm /tmp/made",
    "what platform backup:create writes to /tmp/made is used, and where PLATFORM_BRANCH is another, it would pass for done",
  ],
  ["platform backup:create >/tmp/made\nrm /tmp/made2", "proven"],
  ["rm -f /tmp/made\nplatform backup:create >/tmp/made", "proven"],
  [": >/tmp/began && platform backup:create", "in some cases it then doesn't run : >/tmp/began"],
  [">/tmp/began && platform backup:create", "in some cases it then doesn't run >/tmp/began"],
  ['notify "$LINENO"\nplatform backup:create', "it asks for the number of a line"],
])(
  "whether a call may be put behind a guard is told by what else changes: %j",
  (text, expected) => {
    expect(said(text, guarded)).toBe(expected);
  },
);

test.each([
  ["platform backup:create --yes", "proven"],
  ["platform backup:create --yes >>/tmp/log 2>&1 || exit 1", "proven"],
  ["platform backup:create --yes\ncurl ping", "proven"],
  [
    "platform backup:create && curl ping",
    "curl ping depends on how platform backup:create --no-wait ends, and that only says whether it was started",
  ],
  [
    "set -e\nplatform backup:create\ndrush updb",
    "drush updb depends on how platform backup:create --no-wait ends, and that only says whether it was started",
  ],
  [
    "if ! platform backup:create; then mail me; fi",
    "mail me depends on how platform backup:create --no-wait ends, and that only says whether it was started",
  ],
  [
    "platform backup:create | tee log",
    "what platform backup:create --no-wait prints is used, and that only says whether it was started",
  ],
  ["alias p=q\nplatform backup:create", "alias isn't followed"],
  [
    "platform backup:create\ncase $? in\n  75) mail me ;;\nesac",
    "mail me depends on how platform backup:create --no-wait ends, and that only says whether it was started",
  ],
  [
    "platform backup:create && cd web\ndrush cron",
    "drush cron depends on how platform backup:create --no-wait ends, and that only says whether it was started",
  ],
  [
    "platform backup:create && export MADE=1\ndrush cron",
    "drush cron depends on how platform backup:create --no-wait ends, and that only says whether it was started",
  ],
  ["platform backup:create\nrc=$?\ndrush cron\nexit $rc", "proven"],
  [
    "! platform backup:create",
    "the end of the script depends on how platform backup:create --no-wait ends, and that only says whether it was started",
  ],
  [
    "platform backup:create\ntest $? -gt 1",
    "the end of the script depends on how platform backup:create --no-wait ends, and that only says whether it was started",
  ],
  [
    "platform backup:create >/tmp/made 2>&1\nmail me </tmp/made",
    "what platform backup:create --no-wait writes to /tmp/made is used, and that only says whether it was started",
  ],
  [
    'LOG=$(mktemp)\nplatform backup:create >"$LOG"\n[ -s "$LOG" ] && exit 1',
    "what platform backup:create --no-wait writes to output of /app mktemp is used, and that only says whether it was started",
  ],
  [
    "platform backup:create &\nwait $! && curl ping",
    "the script waits for platform backup:create --no-wait, and that only says whether it was started",
  ],
  ["platform backup:create &\ndrush cron\nwait", "proven"],
  ["platform backup:create >>/tmp/log 2>&1\ndrush cron >>/tmp/log 2>&1", "proven"],
  ['[ "x$PLATFORM_BRANCH" = xmain ] || exit 0\nplatform backup:create', "proven"],
  [
    '[ "$PLATFORM_BRANCH-$X" = main-y ] || exit 0\nplatform backup:create',
    "it can't be seen which branch main-y stands for",
  ],
])("whether a call may be left running is told by what depends on it: %j", (text, expected) => {
  expect(said(text, (_, command) => notWaitedFor(command))).toBe(expected);
});

test("a call in a script of the repository is followed from the script that calls it", () => {
  const job = "#!/bin/sh\nplatform backup:create\n";
  const at = job.indexOf("platform");
  const call = { in: "bin/job.sh", start: at, end: job.length - 1, name: "backup:create" };
  const change = { add: "--yes", after: "backup:create" };
  const before = scriptOf("cd bin && ./job.sh", new Map([["bin/job.sh", job]]));
  const fixed = job.replace("create", "create --yes");
  const after = scriptOf(before.text, new Map([["bin/job.sh", fixed]]));
  const promises = { kind: "words", call, change } as const;
  expect(proofOf(before, after, promises)).toEqual({ kind: "proven" });
  expect(proofOf(before, before, promises).kind).toBe("unproven");
});

test("a test that is written wrong is taken as it was meant", () => {
  const wrong = 'if ["$PLATFORM_BRANCH" == main ]; then\n  platform backup:create\nfi';
  const place = { in: "", start: 3, end: 5 };
  const repaired = (test: string) => scriptOf(wrong.replace('["$PLATFORM_BRANCH" == main ]', test));
  const proof = (test: string) =>
    proofOf(scriptOf(wrong), repaired(test), { kind: "meant", place }).kind;
  expect(proof('[ "$PLATFORM_BRANCH" = main ]')).toBe("proven");
  expect(proof('[ "$PLATFORM_BRANCH" == main ]')).toBe("unproven");
  expect(proof('[ "$PLATFORM_BRANCH" != main ]')).toBe("unproven");
  expect(proof('[ "$PLATFORM_BRANCH" = master ]')).toBe("unproven");
});

test("bash's brackets, which dash doesn't find, are played as what they are for dash", () => {
  const one = (test: string) => `${test} && drush cron`;
  const wrong = one('[[ "$PLATFORM_BRANCH" == main ]]');
  const before = `${wrong}\n${one('[[ -n "$X" && "$X" == y ]]')}`;
  const after = before.replace(wrong, one('[ "$PLATFORM_BRANCH" = main ]'));
  const place = { in: "", start: 0, end: wrong.indexOf(" &&") };
  const proof = (text: string) =>
    proofOf(scriptOf(before), scriptOf(text), { kind: "meant", place }).kind;
  expect(proof(after)).toBe("proven");
  expect(proof(after.replace("&& drush cron", "|| drush cron"))).toBe("unproven");
});

test("of a script of many commands, each fix is proven or none", () => {
  const lines = (count: number) =>
    Array.from(
      { length: count },
      (_, at) => `if [ "$PLATFORM_BRANCH" = main ]; then platform backup:create --x${at}; fi`,
    ).join("\n");
  expect(said(lines(40), (_, command) => notWaitedFor(command))).toBe("proven");
  expect(said(lines(400), (_, command) => notWaitedFor(command))).toBe(
    "the script is longer than is tried here",
  );
});

test.each([
  ['drush cron\nnotify "$?"', 'drush cron\nnotify "$(($? * 0))"'],
  ["while drush more; do drush cron; done || notify", "while drush more; do drush cron; done"],
  ["(drush cron; exit) || notify", "(drush cron; exit)"],
  ["trap 'notify $?' EXIT\ndrush cron", "trap 'notify $?' EXIT\ndrush cron || true"],
  ["job() { drush cron; return; }\njob || notify", "job() { drush cron; return; }\njob"],
  ["drush cron | notify || drush x", "drush cron | notify"],
  ["set -e\nX=$(drush cron)\nnotify", "X=$(drush cron)\nnotify"],
  ["drush cron", "drush cron || true"],
])("a failure that decides something is tried: %j", (before, after) => {
  const proof = (text: string) => proofOf(scriptOf(before), scriptOf(text), { kind: "same" }).kind;
  expect(proof(after)).toBe("unproven");
  expect(proof(`${before}\n`)).toBe("proven");
});

/** A fix that is called safe, with what dash has to do the same before and after it. */
interface Safe {
  readonly before: string;
  readonly after: string;
  readonly kind: "guarded" | "words";
  /** The call, by a word that no other has. */
  readonly mark: string;
}

/** The safe fixes of one call in a script: of all calls of a few scripts, most tell the same again. @param at which call */
function safeFixesOf(text: string, at: number): readonly Safe[] {
  let count = 0;
  const before = text.replace(/\bplatform [\w:]+/gu, (call) => {
    count += 1;
    return `${call} call-${count}.`;
  });
  const { commands } = readScript(before);
  return commands.slice(at % commands.length, (at % commands.length) + 1).flatMap((command) => {
    const mark = /call-\d+\./u.exec(before.slice(command.start, command.end))?.[0] ?? "";
    return [guarded(before, command), notWaitedFor(command)].flatMap((fix) => {
      if (fix === undefined) return [];
      const { promises, replacement } = fix;
      const after = edited(before, replacement);
      const [played, then] = [scriptOf(before, playedFiles), scriptOf(after, playedFiles)];
      if (proofOf(played, then, promises).kind === "unproven") return [];
      return [{ before, after, mark, kind: promises.kind === "guarded" ? "guarded" : "words" }];
    });
  });
}

test("a safe fix changes what it promises, and nothing else that dash does", () => {
  const numRuns = Math.ceil(ofScripts.numRuns / 2);
  // The first has a safe fix; whether those that are made up have any is up to the seed.
  const scripts = [
    "platform backup:create\n",
    ...fc.sample(playedScript, { seed: ofScripts.seed, numRuns }),
  ];
  const fixes = scripts.flatMap(safeFixesOf);
  expect(fixes.length).toBeGreaterThan(0);
  const all = fixes.flatMap((fix) =>
    environments.flatMap((environment) => {
      const commands = commandsOf({ ...environment, script: fix.before, failing: [] });
      if (commands === undefined) return [];
      return [[], ...commands.map((command) => [asPrinted(command)])].map((failing) => {
        // Elsewhere than where the guard holds, the call counts as a success.
        const isMade = fix.kind === "words" || environment.branch === main.branch;
        const kept = failing.filter((command) => isMade || !command.includes(` ${fix.mark}`));
        const both = kept.flatMap((command) => [command, waitingFor(command, fix.mark)]);
        return {
          fix,
          before: { ...environment, script: fix.before, failing: kept },
          after: { ...environment, script: fix.after, failing: both },
          promised: (line: string) =>
            isMade
              ? [line.replace(`${fix.mark}`, fix.mark)]
              : line.includes(` ${fix.mark}`)
                ? []
                : [line],
        };
      });
    }),
  );
  // Each situation starts a few processes, and some scripts have hundreds.
  const step = Math.max(1, all.length / mostSituations);
  const pairs = all.filter(
    (_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step),
  );
  const logs = playedByDash(
    pairs.flatMap(({ before, after }) => [before, after]),
    playedFiles,
  );
  const wrong = pairs.flatMap(({ fix, before, after, promised }, index) => {
    const [was, is] = [logs[index * 2], logs[index * 2 + 1]];
    if (was === undefined || is === undefined) throw new Error("dash didn't run");
    const waits = (line: string) => line.replace(` --no-wait ${fix.mark}`, ` ${fix.mark}`);
    const expected = comparable(fix.before, { ...was, lines: was.lines.flatMap(promised) });
    const found = comparable(fix.before, { ...is, lines: is.lines.map(waits) });
    return expected.join("\n") === found.join("\n")
      ? []
      : [{ fix, before, after, expected, found }];
  });
  wrong.sort((a, b) => a.fix.before.length - b.fix.before.length);
  expect(wrong.slice(0, 2)).toEqual([]);
  process.stdout.write(
    `fixes: ${fixes.length} safe ones of ${scripts.length} scripts kept their promise in ${pairs.length} situations\n`,
  );
});

/** The commands that a script runs; undefined of one that never ends where its commands always end alike. */
function commandsOf(staging: Staging): readonly string[] | undefined {
  try {
    return played(staging).commands;
  } catch (error) {
    if (error instanceof Unplayable) return undefined;
    throw error;
  }
}

function waitingFor(command: string, mark: string): string {
  return command.replace(` ${mark}`, ` --no-wait ${mark}`);
}
