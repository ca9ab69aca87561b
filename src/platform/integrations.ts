import * as v from "valibot";
import { path } from "./answers/path.ts";
import { optionalText, reader, requiredList, word } from "./answers/schema.ts";
import type { Connection } from "./connection.ts";

/** A Git host that a project takes its code from: the platform's own repository is a mirror of it then. */
export interface SourceIntegration {
  /** "github", "gitlab", "bitbucket" or "bitbucket_server". */
  readonly type: string;
  /** "acme/shop", where the API says it. */
  readonly repository: string | undefined;
}

/** The integrations through which a project takes its code (manual, "Source integrations"); only its admins see any. Throws `ApiFailure`. */
export function sourceIntegrations(
  connection: Connection,
  projectId: string,
): Promise<readonly SourceIntegration[]> {
  return connection.get(path`/projects/${projectId}/integrations`, parseIntegrations);
}

const sources = new Set(["github", "gitlab", "bitbucket", "bitbucket_server"]);

const parseIntegrations = reader(
  v.pipe(
    requiredList(v.object({ type: word, repository: optionalText, project: optionalText })),
    v.transform((all) =>
      all
        .filter(({ type }) => sources.has(type))
        // GitLab's has a project in place of a repository.
        .map(({ type, repository, project }) => ({ type, repository: repository ?? project })),
    ),
  ),
);

/** The integrations by their types, as people call them. */
const hosts: Readonly<Record<string, string>> = {
  github: "GitHub",
  gitlab: "GitLab",
  bitbucket: "Bitbucket",
  bitbucket_server: "Bitbucket Server",
};

/** Where a project takes its code from, as people call it: "GitHub (acme/shop)". */
export function sourceInWords({ type, repository }: SourceIntegration): string {
  return `${hosts[type] ?? type}${repository === undefined ? "" : ` (${repository})`}`;
}
