import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse } from "parse5";
import type { Log } from "sarif";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { parseApp } from "../../src/appfile/read.ts";
import { audit } from "../../src/audit/engine.ts";
import { formatNames } from "../../src/report/names.ts";
import { applyEdits } from "../../src/yaml/edit.ts";
import { appLocation } from "../audit/app.ts";
import {
  clean,
  failed,
  hostile,
  reports,
  shop,
  shopFile,
  surroundings,
  written,
} from "./reports.ts";

const everything = reports(true, shop, clean, hostile, failed);

describe.each(formatNames)("the format %s", (name) => {
  test("holds no character that a terminal obeys or that reorders a line", async () => {
    for (const what of [reports(false, hostile), reports(false, shop), everything]) {
      const text = await written(name, what);
      expect(text).not.toMatch(/[^\P{Cc}\n]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u);
    }
  });

  test("tells of each rule that found something, and never of a project that it left out", async () => {
    const text = await written(name, everything);
    for (const { rule } of [...shop.findings, ...hostile.findings]) expect(text).toContain(rule);
    if (name !== "github" && name !== "text") expect(text).toContain("zzzzzzzzzzzzz");
  });
});

describe("JSON", () => {
  test("is one document with a version, alone or for many", async () => {
    expect(JSON.parse(await written("json", reports(false, shop)))).toEqual(shop);
    expect(JSON.parse(await written("json", everything))).toEqual({
      version: 1,
      command: "audit",
      projects: [shop, clean, hostile, failed],
    });
    expect(JSON.parse(await written("json", reports(true)))).toMatchObject({ projects: [] });
  });

  test("says where each edit is, in lines as in units", () => {
    for (const { fix } of shop.findings)
      for (const change of fix?.kind === "changes" ? fix.changes : [])
        for (const edit of change.kind === "file" ? change.edits : []) {
          const lines = shopFile.split("\n");
          const before = lines.slice(0, edit.line - 1).join("\n").length;
          expect(before + (edit.line > 1 ? 1 : 0) + edit.column - 1).toBe(edit.offset);
        }
  });

  test("is a document a line where it is read while the audit runs", async () => {
    const lines = (await written("jsonl", everything)).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      shop,
      clean,
      hostile,
      failed,
    ]);
  });
});

describe("SARIF", () => {
  const validate = addFormats
    .default(new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false }))
    .compile(schema);
  const log = async (what: typeof everything, around = surroundings): Promise<Log> => {
    const text = await written("sarif", what, around);
    const parsed: Log = JSON.parse(text);
    return parsed;
  };

  test.each([
    ["one checkout", reports(false, shop)],
    ["nothing found", reports(false, clean)],
    ["no project at all", reports(true)],
    ["many projects, hostile ones too", everything],
  ])("is valid against the schema for %s", async (_what, what) => {
    expect(validate(await log(what)) ? [] : validate.errors).toEqual([]);
  });

  test("keeps an empty list of results when nothing was found", async () => {
    expect((await log(reports(false, clean))).runs[0]?.results).toEqual([]);
  });

  test("gives every result a place in a file, a known rule and a fingerprint, as code scanning demands", async () => {
    const [run] = (await log(everything)).runs;
    const rules = run?.tool.driver.rules ?? [];
    expect(run?.results?.length).toBeGreaterThan(3);
    for (const { ruleId, ruleIndex, locations, partialFingerprints } of run?.results ?? []) {
      expect(rules[ruleIndex ?? -1]?.id).toBe(ruleId);
      const place = locations?.[0]?.physicalLocation;
      expect(place?.artifactLocation?.uri).toMatch(/^[^/:\s][^:\s]*$/u);
      expect(place?.artifactLocation?.uriBaseId).toBe("%SRCROOT%");
      expect(place?.region?.startLine).toBeGreaterThan(0);
      expect(partialFingerprints?.["machinist/v1"]).toMatch(/^[\da-f]{32}$/u);
    }
    expect(run?.invocations?.[0]?.executionSuccessful).toBe(false);
  });

  test("leaves out what is ignored, since code scanning would show it as open", async () => {
    expect(shop.ignored).toHaveLength(1);
    expect((await log(reports(false, shop))).runs[0]?.results).toHaveLength(shop.findings.length);
  });

  test("carries fixes that come to what the audit itself would write", async () => {
    const app = parseApp(appLocation, shopFile);
    const fixes = audit({ app, defaultBranch: { name: "main", because: "" } }).flatMap(
      (finding) => {
        const fix = finding.fix?.();
        return fix?.kind === "changes" ? fix.changes : [];
      },
    );
    const results = (await log(reports(false, shop))).runs[0]?.results ?? [];
    const lines = shopFile.split("\n");
    const offset = (line = 1, column = 1) =>
      lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
    const written = results
      .flatMap((result) => result.fixes ?? [])
      .map(({ artifactChanges }) =>
        applyEdits(
          shopFile,
          (artifactChanges[0]?.replacements ?? []).map(
            ({ deletedRegion: region, insertedContent }) => {
              const start = offset(region.startLine, region.startColumn);
              return {
                offset: start,
                length: offset(region.endLine, region.endColumn) - start,
                text: insertedContent?.text ?? "",
              };
            },
          ),
        ),
      );
    expect(written.length).toBeGreaterThan(1);
    for (const text of written)
      expect(fixes.map((change) => (change.kind === "file" ? change.after : ""))).toContain(text);
  });

  test("leads to the page of a rule where the pages are known", async () => {
    const rulePages = "https://example.com/docs/rules";
    const [run] = (await log(reports(false, shop), { ...surroundings, rulePages })).runs;
    for (const { id, helpUri } of run?.tool.driver.rules ?? [])
      expect(helpUri).toBe(`${rulePages}/${id}.md`);
  });

  test("leads to the manual where the pages aren't known", async () => {
    const [run] = (await log(reports(false, shop))).runs;
    const pages = new Map(run?.tool.driver.rules?.map(({ id, helpUri }) => [id, helpUri]));
    expect(pages.get("cron-guard-missing")).toBe(
      "https://fixed.docs.upsun.com/create-apps/image-properties/crons.html",
    );
    expect(pages.get("ignore-unused")).toBeUndefined();
  });
});

describe("a run in SARIF", () => {
  const runOf = async (what: typeof everything, around = surroundings) =>
    JSON.parse(await written("sarif", what, around)).runs[0];

  test("is told apart from the run on another folder of the same commit", async () => {
    const at = async (directory: string) =>
      (await runOf(reports(false, shop), { ...surroundings, directory })).automationDetails.id;
    expect(await at("/shop")).toBe("machinist/");
    expect(await at("/")).toBe("machinist/shop/");
    expect((await runOf(everything)).automationDetails.id).toBe("machinist/projects/");
  });

  test("leads to the program's own page where that is known", async () => {
    const homepage = "https://example.org/machinist";
    const { tool } = await runOf(everything, { ...surroundings, homepage });
    expect(tool.driver.informationUri).toBe(homepage);
    expect((await runOf(everything)).tool.driver).not.toHaveProperty("informationUri");
  });

  test("marks each rule about secrets as one of security, with a score, and no other", async () => {
    const { rules } = (await runOf(everything)).tool.driver;
    const secure = rules.filter((rule: { properties: { tags: string[] } }) =>
      rule.properties.tags.includes("security"),
    );
    expect(secure.map(({ id }: { id: string }) => id)).toContain("token-in-repository");
    for (const rule of rules)
      expect("security-severity" in rule.properties).toBe(secure.includes(rule));
  });
});

test.each(formatNames)(
  "%s names what could not be looked at, and the rules that it costs",
  async (format) => {
    const part = {
      what: "the variables of main",
      why: "the API failed",
      rules: ["token-variable-missing", "token-old"],
      byChoice: false,
    };
    const text = await written(format, reports(false, { ...clean, unread: [part] }));
    for (const said of [part.what, part.why, ...part.rules]) expect(text).toContain(said);
  },
);

describe("GitLab's Code Quality report", () => {
  const issues = async (what: typeof everything) => JSON.parse(await written("gitlab", what));

  test("is a list of what GitLab asks for, each with a fingerprint of its own", async () => {
    const all = await issues(everything);
    expect(new Set(all.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(
      all.length,
    );
    for (const issue of all)
      expect(issue).toEqual({
        description: expect.stringMatching(/./u),
        check_name: expect.stringMatching(/^[a-z-]+$/u),
        fingerprint: expect.stringMatching(/^[\w-]+$/u),
        severity: expect.stringMatching(/^(?:major|minor|info)$/u),
        location: { path: expect.stringMatching(/./u), lines: { begin: expect.any(Number) } },
      });
    expect(await issues(reports(false, clean))).toEqual([]);
  });

  test("names the file as seen from the top of the checkout", async () => {
    const [issue] = JSON.parse(
      await written("gitlab", reports(false, shop), { ...surroundings, directory: "/" }),
    );
    const [finding] = shop.findings;
    expect(issue.check_name).toBe(finding?.rule);
    expect(issue.location.path).toBe("shop/.platform.app.yaml");
  });
});

describe("GitHub's annotations", () => {
  test("come the gravest first, since only the first of a kind are shown", async () => {
    const many = { ...shop, findings: [...shop.findings].reverse() };
    const kinds = (await written("github", reports(false, many)))
      .split("\n")
      .flatMap((line) => /^::(error|warning) file=/u.exec(line)?.[1] ?? []);
    expect(kinds).toContain("warning");
    expect(kinds).toEqual([...kinds].sort());
  });

  test("say first that not all are shown, where there are more than ten of a kind", async () => {
    const first = async (warnings: number) => {
      const counts = { error: 1, warning: warnings, info: 0, ignored: 0 };
      return (await written("github", reports(false, { ...shop, counts }))).split("\n")[0];
    };
    expect(await first(10)).toBe(shop.vendor?.shown);
    expect(await first(11)).toBe(
      "::notice title=machinist::1 error, 11 warnings, 0 notes: GitHub shows the first 10 of a kind beside the lines, and the log of this step has all",
    );
  });

  test("are one line each, with the place as seen from the workflow's folder", async () => {
    const around = { ...surroundings, directory: "/" };
    const text = await written("github", reports(false, shop), around);
    const [vendor, ...lines] = text.trimEnd().split("\n");
    expect(vendor).toBe("Platform.sh (from .platform.app.yaml)");
    expect(lines).toHaveLength(shop.findings.length + shop.unread.length);
    expect(lines.pop()).toMatch(
      /^::notice title=machinist::Not looked at: the project on the platform: offline \(\d+ rules need it\)$/u,
    );
    for (const line of lines)
      expect(line).toMatch(
        /^::(?:error|warning|notice) file=shop\/\.platform\.app\.yaml,line=\d+/u,
      );
  });

  test("can't be ended or faked by what a file or a name holds", async () => {
    const text = await written("github", reports(false, hostile));
    expect(text.trimEnd().split("\n")).toHaveLength(
      1 + hostile.findings.length + hostile.unread.length,
    );
    expect(text).toContain('file=abcdefghijklm/a b/%2C%3A%25<"|`.yaml,');
    expect(text).toContain("%250A::error::");
  });
});

describe("JUnit's XML", () => {
  const read = (xml: string) => {
    const tags: { name: string; attributes: Record<string, string> }[] = [];
    const parser = new SaxesParser();
    parser.on("opentag", ({ name, attributes }) => tags.push({ name, attributes }));
    parser.on("error", (error) => {
      throw error;
    });
    parser.write(xml).close();
    return tags;
  };

  test("is well-formed, whatever is in it", async () => {
    for (const what of [reports(false, hostile), everything, reports(true)])
      expect(read(await written("junit", what)).at(0)?.name).toBe("testsuites");
  });

  test("has a test for each rule, fails those at or above the threshold, and counts right", async () => {
    const tags = read(await written("junit", reports(false, shop)));
    const of = (name: string) => tags.filter((tag) => tag.name === name);
    const [suite] = of("testsuite");
    expect(suite?.attributes["tests"]).toBe(String(of("testcase").length));
    expect(suite?.attributes["failures"]).toBe(String(of("failure").length));
    expect(of("failure")).toHaveLength(
      new Set(shop.findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule))
        .size,
    );
    const all = read(
      await written("junit", reports(false, shop), { ...surroundings, failOn: "info" }),
    );
    expect(all.filter(({ name }) => name === "failure")).toHaveLength(
      new Set(shop.findings.map(({ rule }) => rule)).size,
    );
  });

  test("calls a project that could not be audited an error", async () => {
    const tags = read(await written("junit", everything));
    expect(
      tags.find(({ attributes }) => attributes["name"] === "zzzzzzzzzzzzz")?.attributes,
    ).toMatchObject({ errors: "1" });
  });
});

describe("Markdown", () => {
  test("shows texts as they are and mentions nobody", async () => {
    const text = await written("markdown", reports(false, hostile));
    const outsideCode = text
      .replace(/^ *(`{3,})$[\s\S]*?^ *\1$/gmu, "")
      .replace(/`+[^\n]*?`+/gu, "");
    expect(outsideCode).toContain("script");
    expect(outsideCode).not.toMatch(/<script|@someone|\[link\]\(/u);
    expect(text).toContain("&lt;script\\>");
  });

  test("has the place, the reason and the fix of each finding, and what is ignored", async () => {
    const text = await written("markdown", reports(false, shop));
    expect(text).toContain("`pipefail-in-dash` at `.platform.app.yaml:");
    expect(text).toContain("## Ignored");
    expect(text).toContain("the next line needs the backup");
  });

  test("keeps each project in one row of the table", async () => {
    const rows = (await written("markdown", everything))
      .split("\n")
      .filter((line) => line.startsWith("| "));
    expect(rows).toHaveLength(2 + 4);
    for (const row of rows) expect(row.replaceAll("\\|", "").match(/\|/gu)).toHaveLength(6);
  });
});

describe("the HTML page", () => {
  const elements = (text: string) => {
    const errors: string[] = [];
    const names: { name: string; attributes: ReadonlyMap<string, string> }[] = [];
    const visit = (node: DefaultTreeAdapterTypes.Node) => {
      if (defaultTreeAdapter.isElementNode(node)) {
        const attributes = new Map(node.attrs.map(({ name, value }) => [name, value]));
        names.push({ name: node.tagName, attributes });
      }
      if ("childNodes" in node) for (const child of node.childNodes) visit(child);
    };
    visit(parse(text, { onParseError: ({ code }) => errors.push(code) }));
    return { errors, names };
  };

  test.each([
    ["one checkout", reports(false, shop)],
    ["a hostile project", reports(false, hostile)],
    ["many projects", everything],
    ["none", reports(true)],
  ])("is right HTML without script or anything from elsewhere, for %s", async (_what, what) => {
    const { errors, names } = elements(await written("html", what));
    expect(errors).toEqual([]);
    expect(names.map(({ name }) => name)).not.toContain("script");
    for (const { name, attributes } of names) {
      expect(["img", "link", "iframe", "object"]).not.toContain(name);
      expect(attributes.get("href") ?? "#").toMatch(
        /^(?:#|https:\/\/fixed\.docs\.upsun\.com\/[a-z/-]+\.html$)/u,
      );
      expect([...attributes.keys()].filter((key) => key.startsWith("on") || key === "src")).toEqual(
        [],
      );
    }
  });

  test("leads from each project in which something was found, or not looked at, to what it is", async () => {
    const { names } = elements(await written("html", everything));
    const targets = new Set(names.map(({ attributes }) => attributes.get("id")));
    const links = names
      .flatMap(({ attributes }) => attributes.get("href") ?? [])
      .filter((link) => link.startsWith("#"));
    expect(links).toHaveLength(4);
    for (const link of links) expect(targets).toContain(link.slice(1));
  });

  test("shows the lines that a finding is about, and the diff of its fix", async () => {
    const text = await written("html", reports(false, shop));
    expect(text).toMatch(/<mark>> +\d+ +set -o pipefail<\/mark>/u);
    expect(text).toMatch(/<span class="removed">- +set -o pipefail<\/span>/u);
  });

  test("tells what was not looked at, and whose project it is, where nothing was found", async () => {
    expect(clean.unread).not.toEqual([]);
    const text = await written("html", reports(false, clean));
    expect(text).not.toContain("<p>Nothing.</p>");
    expect(text).toContain("not looked at</span>");
    expect(text).toContain(clean.vendor?.shown);
  });

  test("says the numbers of its charts to who can't see them", async () => {
    const text = await written("html", everything);
    expect(text).toMatch(/role="img" aria-label="Projects: \d+ with errors, /u);
    expect(text).toContain("@media (prefers-color-scheme: dark)");
  });
});

test("a fingerprint stays the same when lines move, and tells alike findings apart", async () => {
  const { withFingerprints } = await import("../../src/audit/judge.ts");
  const find = (text: string) => {
    const app = parseApp(appLocation, text);
    return withFingerprints(audit({ app }), () => text).map(({ fingerprint }) => fingerprint);
  };
  const moved = shopFile.replace("name: shop\n", "# first\n\nname: shop\n");
  expect(find(moved)).toEqual(find(shopFile));
  const twice = find(
    shopFile.replace("platform redeploy", "platform redeploy\n                platform redeploy"),
  );
  expect(new Set(twice).size).toBe(twice.length);
});

test("links of a report lead to the manual of the vendor that it is about", async () => {
  const findings = shop.findings.map((one) => ({ ...one, rule: "cron-guard-missing" }));
  const ofUpsun = { ...shop, findings, vendor: { id: "upsun", shown: "Upsun", rivals: [] } };
  for (const format of ["sarif", "html"] as const) {
    expect(await written(format, reports(false, ofUpsun))).toContain(
      "https://developer.upsun.com/",
    );
    expect(await written(format, reports(false, shop))).not.toContain("developer.upsun.com");
  }
});
