import type { CiJobCall, CiPart, CiUse } from "../../automation/ci-jobs.ts";
import { calledScripts } from "../../shell/script.ts";
import { allVendors, patternOfAny } from "../../vendors/registry.ts";
import { ciUsesIn, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** A job calls the CLI, and nothing has installed it under that name. */
export const ciCliNotInstalled = projectRule({
  id: "ci-cli-not-installed",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A workflow calls the CLI by a name under which nothing has installed it.",
  why: "The machines of CI systems don't have the CLI, and each job starts on a new one. The installers differ in the name that they give it: platform, or upsun. (README of the official CLI.)",
  example: {
    before:
      "run: |\n  curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh | bash\n  upsun backup:list",
    after:
      "run: |\n  curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh | VENDOR=upsun bash\n  upsun backup:list",
  },
  ignore: "The machine that runs the job has the CLI.",
  check: (facts) =>
    ciUsesIn(facts)
      .filter((use) => !mayBringIt(use))
      .flatMap(({ job, calls, binaries }) =>
        calls
          .filter(({ call }) => !binaries.has(call.binary) && !call.program.includes("$"))
          .filter(isFirst)
          .map(({ call, part }) => ({
            message: `${stepOfJob(part.step, job)} calls ${call.program}; ${
              binaries.size === 0
                ? "nothing in the job installs the CLI"
                : `the job installs ${[...binaries].join(" and ")}`
            }`,
            location: placeInPart(part, call),
            fix: byHand("Install the CLI under that name", {
              what: "Which of the CLIs is meant, only you know",
              next: `install ${call.binary} in a step before, or call the CLI that is there`,
            }),
          })),
      ),
});

function isFirst({ call }: CiJobCall, index: number, calls: readonly CiJobCall[]): boolean {
  return calls.findIndex((other) => other.call.binary === call.binary) === index;
}

/** Whether the CLI may come from something that isn't known: an image, an action, a machine of one's own, a package. */
function mayBringIt({ job, parts, binaries, installs }: CiUse): boolean {
  if (installs.some(({ installation }) => installation.binary === undefined)) return true;
  if (job.image !== undefined || job.notFollowed.length > 0) return true;
  if (job.system === "gitlab" && binaries.size === 0) return true;
  if (/self-hosted|\$\{\{/u.test(job.runsOn?.text ?? "self-hosted") && job.system === "github")
    return true;
  const isUnknown = job.steps.some(
    (step) =>
      step.kind === "action" && step.known === undefined && !/^actions\/[\w-]+$/u.test(step.name),
  );
  if (parts.some((part) => runsUnread(part, parts))) return true;
  const isOther = job.steps.some((step) => step.kind === "run" && step.shell.kind === "other");
  return isUnknown || isOther || parts.some(({ text }) => packaged.test(text));
}

/** Whether a script of a job runs one that isn't among those that were read. */
function runsUnread({ text }: CiPart, parts: readonly CiPart[]): boolean {
  const read = parts.filter(({ own }) => !own).map(({ script }) => script.in.shown);
  return calledScripts(text).paths.some(
    (path) => !read.some((shown) => `/${shown}`.endsWith(`/${path}`)),
  );
}

const clis = patternOfAny(allVendors.map(({ binary }) => binary));
const names = patternOfAny(
  allVendors.flatMap(({ id, distribution }) => (distribution ? [id] : [])),
);

/** Packages, downloads and places from which the CLI may come. */
const packaged = new RegExp(
  `\\b(?:apt(?:-get)?|apk|brew|dnf|yum|npm|pnpm|yarn|npx|nix\\S*|composer|docker|cache)\\b[\\s\\S]*\\b${names}|installer|\\b(?:install|mv|cp|ln)\\b[^\\n]*\\b${clis}\\b|\\balias\\s|\\b${clis}\\s*\\(\\)`,
  "u",
);
