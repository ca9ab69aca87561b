import { parseApp } from "../../src/appfile/read.ts";
import { audit } from "../../src/audit/engine.ts";
import type { Finding } from "../../src/audit/finding.ts";
import { byHand } from "../../src/audit/findings/fix.ts";
import { judge } from "../../src/audit/judge.ts";
import { unreadWithoutPlatform } from "../../src/audit/unread.ts";
import { printable } from "../../src/printable.ts";
import type { FormatContext, Reports } from "../../src/report/format.ts";
import type { FormatName } from "../../src/report/names.ts";
import { formats } from "../../src/report/registry.ts";
import {
  type AuditReport,
  failedReport,
  type ReportSubject,
  reportedVendor,
  reportOf,
} from "../../src/report/report.ts";
import { sourceOf } from "../../src/report/source.ts";
import { appLocation, withCron } from "../audit/app.ts";
import { ofPlatformsh } from "../vendors/detected.ts";

export const surroundings: FormatContext = {
  version: "1.2.3",
  madeAt: new Date("2026-03-01T00:00:00Z"),
  directory: "/shop",
  failOn: "error",
};

const because = "the next line needs the backup";

/** A file with a warning that has a safe fix, an error, and a finding that a comment ignores. */
export const shopFile = withCron(
  "set -o pipefail",
  '[ "$PLATFORM_BRANCH" = main ] || exit 0',
  `# machinist: ignore[no-wait-missing] ${because}`,
  "platform backup:create --yes",
  "platform redeploy",
);

const subject: ReportSubject = {
  directory: "/shop",
  apps: [{ name: "shop", file: ".platform.app.yaml" }],
  vendor: reportedVendor(ofPlatformsh),
  platform: null,
  offlineBecause: "offline",
  done: [],
};

/** What no report may pass on: markup of every format, terminal sequences, line ends, characters that reorder a line. */
const hostileText =
  '<script>alert(1)</script> & "quotes" `code` | [link](x) @someone ]]> %0A::error::\r\nnext \u001b[31mred\u0007 \u202Edrawkcab \u0000 \u009b1m';

function reportOn(text: string, more: readonly Finding[], about: ReportSubject): AuditReport {
  const app = parseApp(appLocation, text);
  const found = audit({ app, defaultBranch: { name: "main", because: "as the project says" } });
  const unread =
    about.offlineBecause === null
      ? [{ what: hostileText, why: hostileText, rules: ["cron-failing"], byChoice: false }]
      : unreadWithoutPlatform(about.offlineBecause, true);
  const verdict = judge([...found, ...more], { apps: [app], whole: true, unread });
  return reportOf(
    verdict,
    about,
    sourceOf(() => text),
  );
}

export const shop = reportOn(shopFile, [], subject);
export const clean = reportOn("name: shop\ntype: 'php:8.3'\n", [], subject);

const hostileFinding: Finding = {
  rule: "confirm-missing",
  severity: "error",
  confidence: "high",
  message: hostileText,
  why: hostileText,
  location: {
    kind: "file",
    file: 'a b/,:%<"|`\u001b[31m.yaml',
    line: 1,
    column: 1,
    endLine: 2,
    endColumn: 4,
  },
  fix: byHand(hostileText, { what: hostileText, paste: `${hostileText}\n\`\`\`\n` }),
};

const onPlatform: Finding = {
  rule: "token-variable-exposed",
  severity: "warning",
  confidence: "high",
  message: "env:PLATFORMSH_CLI_TOKEN on main is inherited by child environments",
  why: "Whoever reads it has all its rights.",
  location: { kind: "resource", resource: "variable env:PLATFORMSH_CLI_TOKEN on main" },
};

const project = { project: "abcdefghijklm", environment: "main", title: hostileText };

/** A project whose texts are all hostile. */
export const hostile: AuditReport = reportOn(shopFile, [hostileFinding, onPlatform], {
  ...subject,
  directory: null,
  platform: project,
  offlineBecause: null,
});

export const failed: AuditReport = failedReport(
  { what: "The platform refuses", where: "GET /projects/zzz", why: hostileText },
  { project: "zzzzzzzzzzzzz", environment: "main", title: hostileText },
);

export function reports(many: boolean, ...all: readonly AuditReport[]): Reports {
  return {
    many,
    async *read() {
      yield* all;
    },
  };
}

/** The whole text of some reports in a format, as it leaves the program. */
export async function written(
  name: FormatName,
  what: Reports,
  around: FormatContext = surroundings,
): Promise<string> {
  const { readers, lines } = formats[name];
  let text = "";
  for await (const line of lines(what, around))
    text += `${readers === "people" ? printable(line) : line}\n`;
  return text;
}
