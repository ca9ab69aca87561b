import { expect, test } from "vitest";
import { parse } from "yaml";
import { jobToPaste } from "../../src/cifile/job-to-paste.ts";
import { gitlabJobText, type NewJob, workflowText } from "../../src/cifile/new-job.ts";
import { whyNotStarted } from "../../src/cifile/starts.ts";
import { reading } from "./reading.ts";

function job(branch: string): NewJob {
  return {
    task: "deploy",
    title: "Deploy the branch",
    project: "abcdefghijklm",
    environment: "main",
    binary: "upsun",
    prefix: "UPSUN_CLI_",
    tokenEnv: "UPSUN_CLI_TOKEN",
    secret: "UPSUN_CLI_TOKEN",
    cli: {
      version: "5.12.0",
      repository: "upsun/cli",
      archive: "upsun.tar.gz",
      sha256: "0".repeat(64),
    },
    lines: ["upsun environment:push"],
    start: { kind: "push", branch },
    repository: "acme/shop",
  };
}

const branches = ["main", "#1-fix", "!hot", "1.0", "@next", "it's", "true", "a,b", "feature/x+y"];

test.each(branches)("a push to the branch %s is what starts a job of each system", (branch) => {
  const quoted = `'${branch.replaceAll("'", "''")}'`;
  const pasted = (system: "bitbucket" | "circleci" | "azure"): unknown =>
    parse(jobToPaste(system, job(branch)).lines.join("\n"));
  expect(pasted("bitbucket")).toHaveProperty(["pipelines", "branches", branch]);
  expect(pasted("circleci")).toHaveProperty(
    ["workflows", "machinist-deploy", "jobs", 0, "machinist-deploy", "filters", "branches", "only"],
    [branch],
  );
  expect(pasted("azure")).toHaveProperty(["trigger", "branches", "include"], [branch]);
  const workflow: unknown = parse(workflowText(job(branch)));
  expect(workflow).toHaveProperty(
    ["on", "push", "branches"],
    [branch.replaceAll(/[+!]/gu, "\\$&")],
  );
  expect(workflow).toHaveProperty(
    ["jobs", "deploy", "if"],
    `github.repository == 'acme/shop' && github.ref == ${quoted.replace("'", "'refs/heads/")}`,
  );
  const path = ".github/workflows/machinist-deploy.yml";
  const [read] = reading({ [path]: workflowText(job(branch)) }).files.flatMap(({ jobs }) => jobs);
  expect(read && whyNotStarted(read, { kind: "push", branch }, "acme/shop")).toBeUndefined();
  expect(read && whyNotStarted(read, { kind: "push", branch: "x" }, "acme/shop")).toBeDefined();
  expect(parse(gitlabJobText(job(branch), undefined))).toHaveProperty(
    ["machinist-deploy", "rules", 0, "if"],
    `$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == "${branch}"`,
  );
});
