import type { AppFile, Cron } from "../../appfile/app-file.ts";
import { nestCommand } from "../../appfile/operations.ts";
import { withFileText } from "../../appfile/read.ts";
import type { Change } from "../../change/change.ts";
import { fileChange } from "../../change/file-change.ts";
import { type Entry, ownEntry } from "../../yaml/nodes.ts";
import { vendorFor } from "../evidence/vendor.ts";
import { byHand, fixOf } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A cron's command is written under the old key. */
export const cronCmdDeprecated = rule({
  id: "cron-cmd-deprecated",
  severity: "info",
  confidence: "high",
  needs: "files",
  fixable: "safe",
  what: "A cron's command is written as cmd, which commands.start has replaced.",
  why: "cmd has been deprecated since 2022. In the form with commands, stop can also say how to end the job. (Manual: “Crons”, “Upgrading”.)",
  manual: "create-apps/image-properties/crons",
  example: {
    before: `crons:
    clean:
        spec: '0 5 * * *'
        cmd: ./clean.sh`,
    after: `crons:
    clean:
        spec: '0 5 * * *'
        commands:
            start: ./clean.sh`,
  },
  ignore: "Other tools read the file and know only cmd.",
  check: ({ app, vendor }) => {
    // Where the vendor's own manual writes cmd, only what has both is to be told.
    const isOld = vendorFor({ app, vendor }).vendor.cronKey === "commands";
    const [old, both] = [cronsWithCmd(app, "alone"), cronsWithCmd(app, "beside commands")];
    // How the file is written is one thing to tell, however many crons it has.
    const [first] = old;
    return [
      ...(first === undefined || !isOld
        ? []
        : [
            {
              message: `The cron ${first.cron.name}${old.length === 1 ? "" : ", like others,"} has its command in cmd, which is deprecated`,
              location: placeAt(first.cron.in, first.cmd.keyStart, first.cmd.keyEnd),
              fix: fixOf({ title: titleFor(old), promises: { kind: "same" }, of: app }, () =>
                renamed(app),
              ),
            },
          ]),
      ...both.map(({ cron, cmd }) => ({
        message: `The cron ${cron.name} has both cmd and commands; which one counts isn't documented`,
        severity: "warning" as const,
        location: placeAt(cron.in, cmd.keyStart, cmd.keyEnd),
        fix: byHand("Keep one of the two", {
          what: "Which of the two is meant can't be told",
          next: "put the command below commands.start, and take cmd out",
        }),
      })),
    ];
  },
});

interface CronWithCmd {
  readonly cron: Cron;
  readonly cmd: Entry;
}

function cronsWithCmd(
  { crons }: AppFile,
  how: "alone" | "beside commands",
): readonly CronWithCmd[] {
  return crons.flatMap((cron) => {
    const cmd = cron.map && ownEntry(cron.map, "cmd");
    // What is no text under cmd is told as that.
    if (cron.map === undefined || cmd === undefined || cron.script === undefined) return [];
    const isBeside = ownEntry(cron.map, "commands") !== undefined;
    return isBeside === (how === "beside commands") ? [{ cron, cmd }] : [];
  });
}

function titleFor(crons: readonly CronWithCmd[]): string {
  const [first, second] = crons;
  const whose =
    first !== undefined && second === undefined
      ? `the command of ${first.cron.name}`
      : "the commands of the crons";
  return `Write ${whose} as commands.start`;
}

/** One change for each cron, made on what the one before it left. */
function renamed(app: AppFile): readonly Change[] {
  const [first] = cronsWithCmd(app, "alone");
  if (first === undefined) return [];
  const change = fileChange(
    nestCommand(app, first.cron, "cmd"),
    `write the command of ${first.cron.name} as commands.start`,
  );
  return [change, ...renamed(withFileText(app, change.path, change.after))];
}
