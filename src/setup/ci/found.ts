import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Checkout } from "../../git/checkout.ts";
import type { SetupRequest } from "../session.ts";

/** The CI system that a checkout says it has, and how that is known; undefined where nothing says so. */
export async function ciSystemFound({
  root,
  repositories,
}: Pick<Checkout, "root" | "repositories">): Promise<SetupRequest["ciSystem"]> {
  if (root === undefined) return undefined;
  for (const { remote, host } of repositories)
    for (const system of ["github", "gitlab"])
      if (host.includes(system)) return { system, because: `the host of the remote ${remote}` };
  for (const [path, system] of files)
    if ((await stat(join(root, path)).catch(() => undefined)) !== undefined)
      return { system, because: `the checkout has ${path}` };
  return undefined;
}

const files = [
  [".gitlab-ci.yml", "gitlab"],
  [".github/workflows", "github"],
  ["bitbucket-pipelines.yml", "bitbucket"],
  [".circleci/config.yml", "circleci"],
  ["azure-pipelines.yml", "azure"],
  ["Jenkinsfile", "jenkins"],
] as const;
