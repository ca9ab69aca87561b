import { broughtInCi, type Pin } from "../../automation/installed-release.ts";
import { pinnedCli } from "../../cifile/pins.ts";
import { isBefore, releaseOf } from "../../shell/release.ts";
import { ciUsesIn, placeInPart, stepOfJob } from "../findings/ci-findings.ts";
import { byHand } from "../findings/fix.ts";
import { projectRule } from "../rule.ts";

/** A job installs a release of the CLI that is older than the one that setup writes. */
export const ciInstallBehind = projectRule({
  id: "ci-install-behind",
  severity: "info",
  confidence: "high",
  needs: "files",
  fixable: "by-hand",
  what: "A CI job installs a release of the CLI that is older than the one that this release of machinist writes into jobs.",
  why: "A release that is pinned stays what it is, also once a newer one has put something right. No release is looked up: machinist compares with the one that it knows. (The vendor's Homebrew formulas, as of this release of machinist.)",
  example: {
    before:
      "curl -fsSL https://github.com/upsun/cli/releases/download/v5.10.0/upsun_5.10.0_linux_amd64.tar.gz -o cli.tar.gz",
    after:
      "curl -fsSL https://github.com/upsun/cli/releases/download/v5.12.0/upsun_5.12.0_linux_amd64.tar.gz -o cli.tar.gz",
  },
  ignore: "The job needs that release.",
  check: (facts) =>
    ciUsesIn(facts).flatMap((use) =>
      use.installs.flatMap((found) => {
        const { installation, part } = found;
        const { binary = "" } = installation;
        const brought = broughtInCi(found, use);
        const [pin] = brought.kind === "pinned" ? brought.pins : [];
        const newer = pinnedCli(binary);
        if (newer === undefined || pin === undefined || !isExactlyBehind(pin, newer.version))
          return [];
        return {
          message: `${stepOfJob(part.step, use.job)} installs release ${pin.oldest.join(".")} of ${binary}; ${newer.version} is out`,
          location: placeInPart(part, installation),
          fix: byHand(`Install ${newer.version}`, {
            what: "What the job's commands do with another release, only a run tells",
            next: `put ${newer.version} in its place, with its checksum where one is looked at: ${newer.sha256} is that of ${newer.archive}`,
          }),
        };
      }),
    ),
});

/** Whether a release is named, an older one, of a line that is kept up: of others, another rule tells. */
function isExactlyBehind({ oldest, newest }: Pin, version: string): boolean {
  const known = releaseOf(version);
  return (
    known !== undefined &&
    oldest.every((number, index) => number === newest[index]) &&
    oldest[0] === known[0] &&
    isBefore(oldest, known)
  );
}
