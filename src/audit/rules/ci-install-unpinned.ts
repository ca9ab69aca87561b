import { isToldRelease } from "../../automation/installed-release.ts";
import type { ActionStep } from "../../cifile/ci-file.ts";
import { opaque } from "../../shell/ci-script.ts";
import { distributions } from "../../vendors/registry.ts";
import { ciUsesIn, placeInPart, placeOfSpot, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** A job installs whichever CLI is the newest. */
export const ciInstallUnpinned = projectRule({
  id: "ci-install-unpinned",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A CI job installs whichever CLI is the newest, or uses an action or an image that may change at any time.",
  why: "What ran yesterday may be another program today, with the token in its hands: a release with other commands, an action whose branch somebody pushed to. The installer also asks GitHub which release is the newest, and is refused at busy times. (README of the official CLI; zizmor: unpinned-uses, unpinned-images.)",
  example: {
    before: "curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | bash",
    after:
      "curl -fsSL https://raw.githubusercontent.com/upsun/cli/main/installer.sh | VERSION=5.12.0 bash",
  },
  ignore: "The job is to try the newest CLI.",
  check: (facts) =>
    ciUsesIn(facts).flatMap(({ job, installs, parts }) => [
      ...installs
        .filter((found) => {
          const { way, download } = found.installation;
          return way !== "php" && !isToldRelease(found, { parts }) && !hasVersion(download);
        })
        .map(({ installation, part }) => ({
          message: `${stepOfJob(part.step, job)} installs the newest CLI, whichever that is`,
          location: placeInPart(part, installation),
          fix: byHand("Name the version", {
            what: "Which release the job was tried with, only you know",
            next: "put VERSION=… in front of the shell that runs the installer, or download a release and check its sum",
          }),
        })),
      ...job.steps.flatMap((step) => {
        if (step.kind !== "action" || step.known === undefined) return [];
        const why = looseness(step);
        if (why === undefined) return [];
        return {
          message: `${stepOfJob(step, job)} uses ${step.uses.text}, ${why}`,
          location: placeOfSpot(step.uses.spot),
          fix: byHand("Pin it", {
            what: "Which version the job was tried with, only you know",
            next: "name a full commit behind the @, and the CLI's version where the action takes one",
          }),
        };
      }),
      ...(job.image !== undefined &&
      distributions.some(({ image }) => image === job.image?.text.replace(/:latest$/u, ""))
        ? [
            {
              message: `${job.called} runs in ${job.image.text}, whichever that is today`,
              location: placeOfSpot(job.image.spot),
              fix: byHand("Name the version", {
                what: "Which release the job was tried with, only you know",
                next: "name a version behind the colon, or a digest",
              }),
            },
          ]
        : []),
    ]),
});

/** Whether a download says which release it is of; variables in front of it are none of the installer's. */
function hasVersion(download: string): boolean {
  return saysRelease.test(download.replace(/^(?:\s*\w+=\S*\s+)+/u, ""));
}

const saysRelease = new RegExp(
  String.raw`/v?\d+\.\d+\.\d+|@v?\d|=\s*v?\d+\.\d+|_VERSION|\$\{?\w*VERSION|/[0-9a-f]{40}/|/download/v?${opaque}`,
  "iu",
);

/** Why what an action does may change; undefined where it is pinned, or has nothing to do with the CLI. */
function looseness({ known, version = "", inputs }: ActionStep): string | undefined {
  if (known?.checksOut === true || known === undefined) return undefined;
  if (/^(?:main|master|develop|trunk|latest)$/u.test(version))
    return "a branch that anybody who may push to it can change";
  const { versionInput, installs } = known;
  if (installs === undefined || versionInput === undefined) return undefined;
  return inputs.has(versionInput) ? undefined : "which installs the newest CLI, whichever that is";
}
