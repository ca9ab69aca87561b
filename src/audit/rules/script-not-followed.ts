import { buildInstallers } from "../../automation/installers.ts";
import { type AppScript, scriptsOf } from "../../automation/scripts.ts";
import type { ReadingGap } from "../../shell/script.ts";
import { placeAt, placeIn } from "../findings/places.ts";
import { rule } from "../rule.ts";

/** A script runs something that the audit can't look into, so that less can be said about the CLI. */
export const scriptNotFollowed = rule({
  id: "script-not-followed",
  severity: "info",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A script runs something that the audit can't look into, and that may call or install the CLI.",
  why: "What a program of another language runs, a script that isn't in the repository or a text that only the shell knows is not read: there may be calls of the CLI that no other rule looks at. (Manual: “Hooks”, “Crons”.)",
  manual: "create-apps/hooks",
  example: {
    before: `crons:
    backup:
        spec: '0 5 * * *'
        commands:
            start: |
                platform "$TASK" --yes --no-wait`,
    after: `crons:
    backup:
        spec: '0 5 * * *'
        commands:
            start: |
                platform backup:create --yes --no-wait`,
  },
  ignore: "What it runs has nothing to do with the CLI, or is looked after by other means.",
  check: ({ app }) => {
    const scripts = scriptsOf(app).filter(({ caller }) => caller === undefined);
    const installs = buildInstallers(app).length > 0;
    // The manual's line for installing ends with the bare command, to see whether it is there.
    const calls = scriptsOf(app).some(({ kind, reading }) =>
      reading.commands.some(({ name }) => kind !== "build" || name !== ""),
    );
    const isOfInterest = (what: ReadingGap["what"], from: AppScript) => {
      if (what === "program") return isOpen(from, installs, calls);
      // What isn't there any more, or is left out, isn't among the calls that are known, and may be the only one.
      return what !== "text" || installs || calls;
    };
    return scripts.flatMap((from) => [
      ...cutShort(from),
      ...from.reading.gaps
        .filter(({ what }) => isOfInterest(what, from))
        .map((gap) => ({
          message: `${from.called} ${gap.says}: ${gap.what === "caller" ? "where and when, the audit can't follow in another language" : `the audit can't see whether that ${from.kind === "build" && !installs ? "installs" : "calls"} the CLI`}`,
          location: placeIn(from, gap),
        })),
    ]);
  },
});

/** Whether the answer to what is known otherwise may lie in what a program runs: who calls the CLI, or who installs it. */
function isOpen({ kind }: AppScript, installs: boolean, calls: boolean): boolean {
  return installs ? !calls : calls && kind === "build";
}

function cutShort(from: AppScript) {
  const why = from.reading.cutShort;
  if (why === undefined) return [];
  return [
    {
      message: `${from.called} can't be followed: ${why}`,
      location: placeAt(from.script.in, from.script.start, from.script.end),
    },
  ];
}
