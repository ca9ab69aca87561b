import { expect, test } from "vitest";
import {
  claimsOfOthers,
  likelyProject,
  type ProjectClaim,
  projectTarget,
} from "../../src/git/project.ts";

const remote = {
  id: "remote1234567",
  because: "from the git remote origin",
  by: "remote",
} as const;
const file = { id: "file123456789", because: "from the file", by: "file" } as const;
const environment = {
  id: "envir12345678",
  because: "from PLATFORM_PROJECT",
  by: "environment",
} as const;

test.each<[string, ProjectClaim[]]>([
  ["a remote", [remote]],
  ["the environment", [environment]],
  ["a remote and a file that agree", [remote, { ...file, id: remote.id }]],
])("%s names a project", (_what, claims) => {
  expect(projectTarget(claims)).toEqual({ kind: "named", claim: claims[0] });
});

test.each<[string, ProjectClaim[]]>([
  ["a file alone", [file]],
  ["a remote and a file that differ", [remote, file]],
  ["the environment and a remote that differ", [environment, remote]],
])("%s is a doubt, and the likeliest is looked at", (_what, claims) => {
  const target = projectTarget(claims);
  expect(target).toEqual({ kind: "doubtful", claims });
  expect(likelyProject(target)).toBe(claims[0]);
});

test("where nothing names a project none is meant", () => {
  expect(likelyProject(projectTarget([]))).toBeUndefined();
});

test.each<[string, ProjectClaim[], string, ProjectClaim[]]>([
  ["names another project", [remote], "chosen1234567", [remote]],
  ["names the one that was chosen, too", [remote, file], file.id, []],
  ["says nothing", [], "chosen1234567", []],
  ["is the person's environment, which names no checkout's", [environment], "chosen1234567", []],
])(
  "a checkout of which what is said %s, is known to be another's or not",
  (_what, claims, chosen, others) => {
    expect(claimsOfOthers(claims, chosen)).toEqual(others);
  },
);
