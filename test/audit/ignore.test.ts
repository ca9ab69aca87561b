import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseApp } from "../../src/appfile/read.ts";
import { audit } from "../../src/audit/engine.ts";
import type { Finding, Verdict } from "../../src/audit/finding.ts";
import { auditedFiles } from "../../src/audit/ignore/audited-files.ts";
import { ignoreChange } from "../../src/audit/ignore/write-comment.ts";
import { judge } from "../../src/audit/judge.ts";
import { unreadWithoutPlatform } from "../../src/audit/unread.ts";
import { Failure } from "../../src/failure.ts";
import { isSameScript, startsComment } from "../../src/shell/comment.ts";
import { readAsDash } from "../../src/shell/parse/dash/syntax.ts";
import { ofScripts } from "../amounts.ts";
import { appLocation, withCron } from "./app.ts";

const defaultBranch = { name: "main", because: "as the project says" };
const offline = unreadWithoutPlatform("offline", true);
const everything = { whole: true, unread: offline };

function verdictOn(text: string, looked = everything): Verdict {
  const app = parseApp(appLocation, text);
  return judge(audit({ app, defaultBranch }), { apps: [app], ...looked });
}

const idsOf = (findings: readonly Finding[]) => findings.map(({ rule }) => rule);
const guard = '[ "$PLATFORM_BRANCH" = main ] || exit 0';
const waits = "platform backup:create --yes";
const because = "the next line needs the backup";

describe("an ignore comment", () => {
  test.each([
    [
      "on the line above, in the shell",
      withCron(guard, `# machinist: ignore[no-wait-missing] ${because}`, waits),
    ],
    [
      "behind the command",
      withCron(guard, `${waits} # machinist: ignore[no-wait-missing] ${because}`),
    ],
    [
      "above other comments",
      withCron(guard, `# machinist: ignore[no-wait-missing] ${because}`, "# every night", waits),
    ],
    [
      "for several rules at once",
      withCron(
        guard,
        `# machinist: ignore[no-wait-missing, confirm-missing] ${because}`,
        "platform backup:create",
      ),
    ],
    [
      "in YAML, above the script",
      withCron(guard, waits).replace(
        "            start: |",
        `            # machinist: ignore[no-wait-missing] ${because}\n            start: |`,
      ),
    ],
    [
      "in YAML, on the line where the script begins",
      withCron(guard, waits).replace(
        "start: |",
        `start: | # machinist: ignore[no-wait-missing] ${because}`,
      ),
    ],
    [
      "with the line ends of Windows",
      withCron(guard, `# machinist: ignore[no-wait-missing] ${because}`, waits).replaceAll(
        "\n",
        "\r\n",
      ),
    ],
  ])("counts %s", (_where, text) => {
    const { findings, ignored } = verdictOn(text);
    expect(idsOf(findings)).toEqual([]);
    expect(ignored.length).toBeGreaterThan(0);
    for (const finding of ignored)
      expect(finding.ignored).toEqual({ by: "comment", reason: because });
  });

  test.each([
    ["in quotes", withCron(guard, `echo '# machinist: ignore[no-wait-missing] ${because}'`, waits)],
    [
      "in a here-document",
      withCron(guard, "cat <<END", `# machinist: ignore[no-wait-missing] ${because}`, "END", waits),
    ],
    [
      "inside another comment",
      withCron(guard, `# not # machinist: ignore[no-wait-missing] ${because}`, waits),
    ],
    [
      "above a blank line",
      withCron(guard, `# machinist: ignore[no-wait-missing] ${because}`, "", waits),
    ],
    ["for another rule", withCron(guard, `# machinist: ignore[confirm-missing] ${because}`, waits)],
  ])("does not count %s", (_where, text) => {
    expect(idsOf(verdictOn(text).findings)).toContain("no-wait-missing");
  });

  test.each([
    ["ignore-malformed", "# machinist: ignore no-wait-missing"],
    ["ignore-malformed", "# machinist: ignore[no-wait-missing"],
    ["ignore-malformed", `# machinist: ignore[] ${because}`],
    ["ignore-malformed", `# machinist: disable[no-wait-missing] ${because}`],
    ["ignore-unknown-rule", `# machinist: ignore[no-weight] ${because}`],
    ["ignore-without-reason", "# machinist: ignore[no-wait-missing]"],
    ["ignore-without-reason", "# machinist: ignore[no-wait-missing] --"],
  ])("is found as %s when it reads %s, and the finding stays", (rule, comment) => {
    const { findings, ignored } = verdictOn(withCron(guard, comment, waits));
    expect(idsOf(findings)).toEqual([rule, "no-wait-missing"]);
    expect(findings[0]?.location).toMatchObject({ line: 14, column: 17 });
    expect(ignored).toEqual([]);
  });

  test("is found when it ignores nothing", () => {
    const text = withCron(guard, `# machinist: ignore[no-wait-missing] ${because}`, `${waits} -W`);
    expect(idsOf(verdictOn(text).findings)).toEqual(["ignore-unused"]);
    expect(idsOf(verdictOn(text, { whole: false, unread: offline }).findings)).toEqual([]);
  });

  test("of a rule that needs the API is not called unused by an audit without it", () => {
    const text = withCron(
      guard,
      `# machinist: ignore[token-variable-exposed] ${because}`,
      `${waits} -W`,
    );
    expect(verdictOn(text).findings).toEqual([]);
    expect(idsOf(verdictOn(text, { whole: true, unread: [] }).findings)).toEqual(["ignore-unused"]);
  });
});

describe("ignoring a finding", () => {
  const first = (text: string, rule: string) => {
    const app = parseApp(appLocation, text);
    const finding = audit({ app, defaultBranch }).find((found) => found.rule === rule);
    return { app, finding };
  };
  const ignore = (text: string, rule = "no-wait-missing", reason = because) => {
    const { app, finding } = first(text, rule);
    return finding === undefined ? undefined : ignoreChange(auditedFiles([app]), finding, reason);
  };
  const single = (script: string) =>
    `name: shop\nhooks:\n    build: curl -fsS https://platform.sh/cli/installer | php\ncrons:\n    job:\n        spec: '0 5 * * *'\n        cmd: ${script}\n`;

  test.each([
    ["a literal block", withCron(guard, waits)],
    [
      "a literal block with the line ends of Windows",
      withCron(guard, waits).replaceAll("\n", "\r\n"),
    ],
    ["a command of two lines", withCron(guard, "timeout 60 \\", `    ${waits}`)],
    [
      "a command of two lines, in the first",
      withCron(guard, "platform backup:create \\", "    --yes"),
    ],
    ["a script in quotes", single(`'${guard.replaceAll("'", "''")}; ${waits}'`)],
    ["a plain script", single(`test "$PLATFORM_BRANCH" = main || exit 0; ${waits}`)],
    [
      "a folded script",
      single(`>-\n            test "$PLATFORM_BRANCH" = main || exit 0;\n            ${waits}`),
    ],
    [
      "a plain script of two lines",
      single(`test "$PLATFORM_BRANCH" = main || exit 0;\n            ${waits}`),
    ],
    [
      "a command inside a condition",
      withCron('if [ "$PLATFORM_BRANCH" = main ]; then', `    ${waits} &&`, "        date", "fi"),
    ],
    ["a command after a here-document", withCron(guard, "cat <<END", "x", "END", waits)],
  ])("writes a comment that the audit obeys into %s", (_what, text) => {
    const change = ignore(text);
    const after = change?.after ?? "";
    expect(after).toContain(`# machinist: ignore[no-wait-missing] ${because}`);
    const { findings, ignored } = verdictOn(after);
    expect(idsOf(findings)).not.toContain("no-wait-missing");
    expect(idsOf(findings)).not.toContain("ignore-unused");
    expect(idsOf(ignored)).toEqual(["no-wait-missing"]);
    const [before, now] = [parseApp(appLocation, text), parseApp(appLocation, after)];
    for (const [index, cron] of before.crons.entries())
      expect(isSameScript(cron.script?.text ?? "", now.crons[index]?.script?.text ?? "")).toBe(
        true,
      );
    const [edit] = change?.edits ?? [];
    expect(edit?.length).toBe(0);
  });

  test("puts the comment at the indentation of its line", () => {
    expect(
      ignore(withCron('if [ "$PLATFORM_BRANCH" = main ]; then', `    ${waits}`, "fi"))?.after,
    ).toContain(
      `then\n                    # machinist: ignore[no-wait-missing] ${because}\n                    ${waits}\n`,
    );
  });

  test("of several rules on one line stacks the comments", () => {
    const once = ignore(withCron(guard, "platform backup:create"))?.after ?? "";
    const twice = ignore(once, "confirm-missing")?.after ?? "";
    expect(idsOf(verdictOn(twice).findings)).toEqual([]);
    expect(verdictOn(twice).ignored).toHaveLength(2);
  });

  test("strips what could end the comment from the reason", () => {
    const after = ignore(
      withCron(guard, waits),
      "no-wait-missing",
      "see\n\u001b[31mticket 7\u0000",
    )?.after;
    expect(after).toContain("ignore[no-wait-missing] see ticket 7\n");
  });

  test.each(["", "  ", "--"])("needs a reason, not %j", (reason) => {
    expect(() => ignore(withCron(guard, waits), "no-wait-missing", reason)).toThrow(Failure);
  });

  test("refuses what is on the platform, and says so", () => {
    const { app, finding } = first(withCron(guard, waits), "no-wait-missing");
    if (finding === undefined) throw new Error("nothing was found");
    const onPlatform: Finding = {
      ...finding,
      location: { kind: "resource", resource: "variable X on main" },
    };
    expect(() => ignoreChange(auditedFiles([app]), onPlatform, because)).toThrow(
      expect.objectContaining({ parts: expect.objectContaining({ where: "variable X on main" }) }),
    );
  });

  test("gives dash the same script, whatever stands around the place", () => {
    const lines = [
      "date",
      "if true; then",
      "fi",
      "cat <<E",
      "E",
      "'",
      '"',
      "echo \\",
      "true &&",
      "$(",
      ")",
      "case x in",
      "x) date ;;",
      "esac",
      "`",
      "# x",
      "platform redeploy",
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...lines), { maxLength: 8 }),
        fc.nat(8),
        (script, at) => {
          const before = `${script.join("\n")}\n`;
          const after = script.toSpliced(at, 0, "# why not").join("\n").concat("\n");
          fc.pre(readAsDash(before).kind === "complete");
          if (isSameScript(before, after)) expect(traced(after)).toBe(traced(before));
        },
      ),
      ofScripts,
    );
  });

  test("knows a comment in the shell from a sign in a word", () => {
    expect(startsComment("echo a#b", 6)).toBe(false);
    expect(startsComment("echo '# b'", 6)).toBe(false);
    expect(startsComment("echo a # b", 7)).toBe(true);
    expect(startsComment("# a # b", 4)).toBe(false);
  });
});

/** What dash does, command by command; the only commands in it are harmless. */
function traced(script: string): string {
  const { stdout, stderr } = spawnSync("dash", ["-xs"], {
    input: `PATH=/nonexistent\n${script}`,
    encoding: "utf8",
  });
  return (stdout + stderr).replaceAll(/^dash: \d+: /gmu, "");
}

test("a comment in .environment is heeded, found where it is of no use, and can be written", () => {
  const app = parseApp(appLocation, withCron(guard, `${waits} --no-wait`));
  const verdictWith = (text: string) => {
    const environmentFile = { file: "/shop/.environment", shown: ".environment", text };
    const found = audit({ app, defaultBranch, environmentFile });
    const environmentFiles = [environmentFile];
    return { environmentFiles, ...judge(found, { apps: [app], environmentFiles, ...everything }) };
  };
  const bash = "if [[ -n $A ]]; then export B=c; fi\n";
  const comment = "# machinist: ignore[bashism-in-dash] no cron needs it\n";
  expect(idsOf(verdictWith(comment + bash).findings)).not.toContain("bashism-in-dash");
  expect(idsOf(verdictWith(comment + bash).ignored)).toEqual(["bashism-in-dash"]);
  expect(idsOf(verdictWith(`${comment}export B=c\n`).findings)).toContain("ignore-unused");
  expect(idsOf(verdictWith("# machinist: ignore bashism\n").findings)).toContain(
    "ignore-malformed",
  );
  const { findings, environmentFiles } = verdictWith(bash);
  const finding = findings.find(({ rule }) => rule === "bashism-in-dash");
  if (finding === undefined) throw new Error("nothing was found");
  expect(
    ignoreChange(auditedFiles([app], undefined, environmentFiles), finding, "no cron needs it"),
  ).toMatchObject({ kind: "file", shown: ".environment", after: comment + bash });
});
