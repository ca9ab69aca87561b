import type { AppFile } from "../../appfile/app-file.ts";
import { joinHook, nestText, renameKey } from "../../appfile/operations.ts";
import { type MisshapenHook, misshapenHooks } from "../../automation/job-shapes.ts";
import { isMistyped } from "../../edit-distance.ts";
import { valueAt } from "../../yaml/nodes.ts";
import type { FixPlan } from "../finding.ts";
import { byHand, fileFix } from "../findings/fix.ts";
import { placeAt } from "../findings/places.ts";
import { strayFindings } from "../findings/stray-sections.ts";
import { rule } from "../rule.ts";

/** What stands where a hook is expected is no script. */
export const hookMalformed = rule({
  id: "hook-malformed",
  severity: "error",
  confidence: "high",
  needs: "files",
  fixable: "unsafe",
  what: "A hook is a list or a mapping, or has a name that no hook has; or hooks is no mapping at all, or stands where none are looked for.",
  why: "Below hooks stand build, deploy and post_deploy, and each holds one text, the script. The platform refuses a file in another form. (Manual: “Hooks”.)",
  manual: "create-apps/hooks",
  example: {
    before: `hooks:
    build:
        - composer install
        - npm run build`,
    after: `hooks:
    build: |
        composer install
        npm run build`,
  },
  ignore: "Never: the file is refused.",
  check: ({ app }) => [
    ...misshapenHooks(app).map((found) => ({
      message: sayingOf(found),
      ...(found.isKnown ? {} : { severity: "warning" as const }),
      location: placeAt(found.in, found.entry.keyStart, found.entry.keyEnd),
      fix: fixOf(app, found),
    })),
    ...strayFindings(app, ["hooks"]),
  ],
});

function sayingOf({ hook, isKnown, shape }: MisshapenHook): string {
  if (hook === undefined) return `hooks holds ${shape}, where a mapping of hooks is expected`;
  return isKnown
    ? `The ${hook} hook is ${shape}, where one text is expected`
    : `There is no hook ${hook}: build, deploy and post_deploy are all there are`;
}

function fixOf(app: AppFile, { hook, isKnown, shape }: MisshapenHook): FixPlan {
  const meant = isKnown || hook === undefined ? undefined : hookMeant(hook);
  if (meant !== undefined) {
    const way = { next: `write ${meant} in its place` };
    return fileFix({ title: `Write it as ${meant}`, disposition: "unsafe" }, () =>
      renameKey(app, ["hooks", hook ?? ""], meant, way),
    );
  }
  if (hook !== undefined && isKnown && holdsOneText(app, hook))
    return fileFix({ title: "Write it as one script", disposition: "unsafe" }, () =>
      nestText(app, ["hooks", hook], [hook], { next: `write the command as ${hook}` }, ["start"]),
    );
  return hook !== undefined && isKnown && shape === "a list"
    ? fileFix({ title: "Write it as one script", disposition: "unsafe" }, () => joinHook(app, hook))
    : byHand("Write it as the manual has it", {
        what: "What it was meant to be, only you know",
        next: "write build, deploy or post_deploy below hooks, and below that its script",
      });
}

/** The hook that a name stands for which no hook has. */
function hookMeant(written: string): string | undefined {
  const name = written.toLowerCase().replaceAll(/[-_ ]/gu, "");
  return ["build", "deploy", "post_deploy"].find((hook) => {
    const plain = hook.replace("_", "");
    return name === plain || isMistyped(name, plain);
  });
}

/** Whether a hook is written as a mapping with nothing but a command as start, as a cron has it. */
function holdsOneText({ source, location }: AppFile, hook: string): boolean {
  const value = valueAt(source.value, [...location.path, "hooks", hook]);
  return value instanceof Map && value.size === 1 && typeof value.get("start") === "string";
}
