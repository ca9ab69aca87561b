import fc from "fast-check";
import { expect, test } from "vitest";
import { Unplayable } from "../../../src/shell/play/unplayable.ts";
import { ofScripts } from "../../amounts.ts";
import { playedByDash, type Staging } from "./by-dash.ts";
import { playedFiles, playedScript } from "./scripts.ts";
import { asPrinted, comparable, environments, played } from "./stage.ts";

/** Each script is run in every environment, with each of its commands failing by itself. */
const numRuns = Math.ceil(ofScripts.numRuns / 5);

/** What is set after `unset` is exported no more, but in a function that has the variable for itself. */
const unsetting = [
  "export NAME=given\nunset NAME\nNAME=later\nsh job.sh",
  "export NAME=given\nunset NAME\nexport NAME\nNAME=later\nsh job.sh",
  "export NAME=given\njob() { unset NAME; }\njob\nNAME=later\nsh job.sh",
  "export NAME=given\njob() { local NAME; unset NAME; NAME=own; sh job.sh; }\njob\nsh job.sh",
  "NAME=given\njob() { local NAME=own; export NAME; sh job.sh; }\njob\nNAME=later\nsh job.sh",
  `unset PLATFORM_BRANCH\nPLATFORM_BRANCH=main\nsh -c '[ "$PLATFORM_BRANCH" = main ] && drush set'`,
];

test("a script plays as dash runs it", () => {
  // The first can be played; whether those that are made up can is up to the seed.
  const scripts = [
    "platform backup:create\n",
    ...unsetting,
    ...fc.sample(playedScript, { seed: ofScripts.seed, numRuns }),
  ];
  const plays = scripts.flatMap((script) => playsOf(script));
  expect(plays).not.toEqual([]);
  const logs = playedByDash(
    plays.map(({ staging }) => staging),
    playedFiles,
  );
  const wrong = plays.flatMap(({ staging, said }, index) => {
    const log = logs[index] ?? { lines: [], status: -1 };
    const { script } = staging;
    const [expected, found] = [comparable(script, log), comparable(script, said)];
    return expected.join("\n") === found.join("\n") ? [] : [{ staging, dash: expected, found }];
  });
  wrong.sort((a, b) => a.staging.script.length - b.staging.script.length);
  expect(wrong.slice(0, 3)).toEqual([]);
  process.stdout.write(
    `player: ${plays.length} plays of ${scripts.length} scripts are as in dash\n`,
  );
});

function playsOf(script: string) {
  try {
    return environments.flatMap((environment) => {
      const staging: Staging = { ...environment, script, failing: [] };
      const { commands, ...said } = played(staging);
      return [
        { staging, said },
        ...commands.map((command) => ({
          staging: { ...staging, failing: [asPrinted(command)] },
          said: played({ ...staging, failing: [command] }),
        })),
      ];
    });
  } catch (error) {
    if (error instanceof Unplayable) return [];
    throw error;
  }
}
