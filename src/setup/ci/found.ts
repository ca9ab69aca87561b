import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Checkout } from "../../git/checkout.ts";
import type { SetupRequest } from "../session.ts";
import type { CiSystemName } from "./systems.ts";

/** The CI system that a checkout says it has, and how that is known; undefined where nothing says so. */
export async function ciSystemFound({
  root,
  repositories,
}: Pick<Checkout, "root" | "repositories">): Promise<SetupRequest["ciSystem"]> {
  if (root === undefined) return undefined;
  for (const { remote, host } of repositories)
    for (const system of ["github", "gitlab"])
      if (host.includes(system)) return { system, because: `the host of the remote ${remote}` };
  const [file] = await ciFilesIn(root);
  return file && { system: file.system, because: `the checkout has ${file.path}` };
}

/** Where CI systems look for their jobs in a checkout, as far as it has them: there may be some of several. */
export async function ciFilesIn(
  root: string,
): Promise<readonly { readonly path: string; readonly system: CiSystemName }[]> {
  const found = await Promise.all(
    files.map(async ([path, system]) => {
      const there = await stat(join(root, path)).catch(() => undefined);
      return there === undefined ? [] : { path, system };
    }),
  );
  return found.flat();
}

const files = [
  [".gitlab-ci.yml", "gitlab"],
  [".github/workflows", "github"],
  ["bitbucket-pipelines.yml", "bitbucket"],
  [".circleci/config.yml", "circleci"],
  ["azure-pipelines.yml", "azure"],
  ["Jenkinsfile", "jenkins"],
] as const;
