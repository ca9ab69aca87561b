import { distributions } from "../../vendors/registry.ts";
import { ciUsesIn, placeInPart, placeOfSpot, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** A job installs the CLI in a way that is no longer kept up. */
export const ciInstallOld = projectRule({
  id: "ci-install-old",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A CI job gets the CLI from the PHP installer, as a phar, or from an action or an image that is no longer maintained.",
  why: "These bring version 3 or 4 of the CLI, or use a method that the vendor has abandoned: such a CLI needs PHP, knows none of today's names, and gets no fixes. (README of the official CLI.)",
  example: {
    before: "run: curl -fsS https://platform.sh/cli/installer | php",
    after:
      "run: |\n  curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh -o installer.sh\n  VERSION=5.10.8 bash installer.sh",
  },
  ignore: "The job needs the old CLI.",
  check: (facts) =>
    ciUsesIn(facts).flatMap(({ job, installs }) => [
      ...installs
        .filter(
          ({ installation: { way, download } }) =>
            way === "php" ||
            distributions.some(({ phar }) => phar !== undefined && download.includes(phar)) ||
            distributions.some(({ oldRepositories }) =>
              oldRepositories.some((name) => download.includes(`${name}/releases`)),
            ),
        )
        .map(({ installation: { way, ...place }, part }) => ({
          message: `${stepOfJob(part.step, job)} installs the CLI ${
            way === "php" ? "by the PHP installer" : "as a phar"
          }, which is no longer kept up`,
          location: placeInPart(part, place),
          fix: newer,
        })),
      ...job.steps.flatMap((step) =>
        step.kind === "action" && step.known?.old !== undefined
          ? {
              message: `${stepOfJob(step, job)} uses ${step.uses.text}: ${step.known.old}`,
              location: placeOfSpot(step.uses.spot),
              fix: newer,
            }
          : [],
      ),
      ...(job.image !== undefined && oldImages.includes(job.image.text.replace(/[:@].*$/u, ""))
        ? [
            {
              message: `${job.called} runs in ${job.image.text}, which is no longer kept up`,
              location: placeOfSpot(job.image.spot),
              fix: newer,
            },
          ]
        : []),
    ]),
});

const oldImages = distributions.flatMap(({ oldImages: ofVendor }) => ofVendor);

const newer = byHand("Install a release of the current CLI", {
  what: "What the job's commands do with another release, only a run tells",
  next: "download a release with its sum checked, as `machinist setup --where github` writes it",
});
