import type { CiJobCall, CiUse } from "../../automation/ci-jobs.ts";
import type { CiCommand } from "../../shell/ci-script.ts";
import { allVendors, patternOfAny } from "../../vendors/registry.ts";
import { ciUsesIn, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** A job looks for the CLI in a folder that its installer doesn't use. */
export const ciInstallPath = projectRule({
  id: "ci-install-path",
  severity: "warning",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A CI job puts a folder on the path, or calls the CLI in one, where its installer doesn't put anything.",
  why: "Only the old PHP installer used ~/.platformsh/bin. The current one puts the CLI into ~/.local/bin where that is on the path, and else into /usr/bin; none uses ~/.upsun/bin. (Source of the installer, installer.sh.)",
  example: {
    before: 'run: |\n  bash installer.sh\n  echo "$HOME/.platformsh/bin" >> "$GITHUB_PATH"',
    after: "run: bash installer.sh",
  },
  ignore: "Something else puts the CLI there.",
  check: (facts) =>
    ciUsesIn(facts)
      .filter(isByCurrentInstaller)
      .flatMap((use) => [
        ...use.parts.flatMap((part) =>
          part.reading.commands
            .filter((command) => addsFolder(command) && !command.conditional)
            .map((command) => ({
              message: `${stepOfJob(part.step, use.job)} puts a folder on the path that the installer doesn't use`,
              location: placeInPart(part, command),
              fix: takeOut,
            })),
        ),
        ...use.calls.filter(isInFolder).map(({ call, part }) => ({
          message: `${stepOfJob(part.step, use.job)} calls ${call.program}, where the installer doesn't put the CLI`,
          location: placeInPart(part, call),
          fix: byHand(`Call ${call.binary} by its name`, {
            what: "Whether another step puts it there, only you know",
            next: `write ${call.binary} in its place`,
          }),
        })),
      ]),
});

const takeOut = byHand("Take the line out", {
  what: "Whether something else puts the CLI into that folder, only you know",
  next: "take the line out: the installer says where it put the CLI",
});

/** The folder of a vendor in the home, or what is taken for it. */
const folder = new RegExp(`\\.${patternOfAny(allVendors.map(({ id }) => id))}/bin\\b`, "u");

function isByCurrentInstaller({ installs, job }: CiUse): boolean {
  const ways = new Set(installs.map(({ installation }) => installation.way));
  const isOld = job.steps.some((step) => step.kind === "action" && step.known?.old !== undefined);
  const others = (["php", "vendor", "other"] as const).some((way) => ways.has(way));
  return ways.has("bash") && !others && !isOld;
}

function addsFolder({ words, into, program }: CiCommand): boolean {
  const toPath = into.some((target) => target.includes("GITHUB_PATH"));
  return (toPath || program === "export") && words.some(({ text }) => folder.test(text));
}

function isInFolder({ call }: CiJobCall): boolean {
  return folder.test(call.program);
}
