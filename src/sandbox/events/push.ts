import { allVendors } from "../../vendors/registry.ts";
import type { CodeFiles } from "../git-objects.ts";
import type { AppDefinition } from "../projects/app-definition.ts";
import { appsOfBranch } from "../projects/app-reading.ts";
import { projectFailure } from "../server/reply.ts";
import type { Account, StoredActivity } from "../store.ts";
import { startActivity, takeEffect } from "./activities.ts";
import type { Work } from "./environment-work.ts";

/**
 * Plays a `git push`: the branch has these files from now on and no others, and an environment that is active builds and
 * deploys them.
 *
 * @returns the activity; undefined where the environment isn't active
 * @throws Refusal with 400 when a configuration file isn't valid; the branch stays as it was, as Git refuses the push
 */
export function push(
  work: Omit<Work, "actor"> & { readonly actor: Pick<Account, "id"> },
  files: CodeFiles,
): StoredActivity | undefined {
  const { store, project, environment, actor } = work;
  const apps = appsOfBranch(files);
  if ("file" in apps) throw projectFailure(400, `${apps.file} isn't valid: ${apps.why}`);
  project.code.set(environment.id, { files, at: store.now() });
  if (environment.status !== "active" || project.suspended) return undefined;
  const activity = startActivity(store, project, environment, actor, {
    type: "environment.push",
    deed: `pushed to <environment>${environment.id}</environment>`,
    log: apps.flatMap(buildLog),
  });
  takeEffect(project, environment, activity);
  return activity;
}

/** What a build says, as far as the CLI is concerned. */
function buildLog({ name, type, build = "" }: AppDefinition): readonly string[] {
  const of = allVendors.find(({ binary }) => new RegExp(`\\b${binary} --version\\b`).test(build));
  return [
    `Building application '${name}' (runtime type: ${type})`,
    "  Executing build hook...",
    ...(of === undefined ? [] : [`    ${of.name} CLI 5.11.1`]),
  ];
}
