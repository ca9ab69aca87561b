import * as v from "valibot";
import { type Fact, known } from "../fact.ts";
import type { HostProgram } from "./host.ts";

/** The file that GitLab reads a pipeline from unless its project names another one. */
export const usualPipeline = ".gitlab-ci.yml";

const project = v.object({ ci_config_path: v.nullish(v.string(), "") });

/**
 * The file that GitLab reads the pipeline of a project from, as the project's settings have it: "ci/pipeline.yml", or one
 * of another project, "ci/pipeline.yml@acme/ci" (GitLab's REST API, "Projects"). Throws a `Failure` as the program does.
 */
export async function pipelineFile(host: HostProgram, repository: string): Promise<Fact<string>> {
  const { status, json } = await host.ask(`projects/${encodeURIComponent(repository)}`);
  const read = v.safeParse(project, json);
  if (status !== 200 || !read.success)
    return { kind: "unread", why: `${host.name}, as it is signed in, doesn't see ${repository}` };
  return known(read.output.ci_config_path === "" ? usualPipeline : read.output.ci_config_path);
}
