import * as v from "valibot";
import type { Connection } from "./connection.ts";
import { pages, references } from "./pages.ts";
import { path } from "./path.ts";
import { listed, reader, said, text } from "./schema.ts";

/** A project as lists show it. */
export interface ProjectSummary {
  readonly id: string;
  /** The id again, when the title can't be read. */
  readonly title: string;
  /** Host of the region, "eu-3.platform.sh"; empty when it can't be read. */
  readonly region: string;
  /** "active", "suspended"…; empty when it can't be read. */
  readonly status: string;
  readonly organization?: { readonly id: string; readonly name: string; readonly label: string };
  readonly permissions: readonly string[];
}

export interface Project {
  readonly id: string;
  readonly title: string;
  /** Undefined until the project has code. */
  readonly defaultBranch: string | undefined;
  readonly region: string;
  /** The organization's id. */
  readonly organization: string | undefined;
  readonly timezone: string;
  /** When it is suspended, for want of payment most often: nothing runs then. */
  readonly suspended?: true;
}

/** All that an account reaches, through teams too. */
export interface Grants {
  readonly projects: readonly Grant[];
  /** Every project user is in its organization, with no permissions: that row grants nothing. */
  readonly organizations: readonly Grant[];
}

interface Grant {
  readonly id: string;
  readonly permissions: readonly string[];
}

/**
 * The projects that the account reaches, deleted ones left out, in the API's order.
 * @param userId the account's own id: others' lists are closed
 */
export async function accessibleProjects(
  connection: Connection,
  userId: string,
): Promise<readonly ProjectSummary[]> {
  const read = await extendedAccess(connection, userId, "?filter%5Bresource_type%5D=project");
  const [projects, organizations] = await Promise.all([
    references(connection, read, "projects", projectReference),
    references(connection, read, "organizations", organizationReference),
  ]);
  return read
    .flatMap((page) => page.items)
    .filter((row) => row.resource_type === "project")
    .flatMap(({ resource_id: id, organization_id, permissions }): ProjectSummary[] => {
      const reference = projects.get(id);
      if (reference === null) return [];
      const organization = organizations.get(organization_id ?? "");
      return [
        {
          id,
          title: reference?.title ?? id,
          region: reference?.region ?? "",
          status: reference?.status ?? "",
          ...(organization ? { organization } : {}),
          permissions,
        },
      ];
    });
}

/** Everything that the account reaches: what to look at when a machine user should reach one project only. */
export async function grants(connection: Connection, userId: string): Promise<Grants> {
  const rows = (await extendedAccess(connection, userId, "")).flatMap((page) => page.items);
  const ofType = (type: string): readonly Grant[] =>
    rows
      .filter((row) => row.resource_type === type)
      .map((row) => ({ id: row.resource_id, permissions: row.permissions }));
  return { projects: ofType("project"), organizations: ofType("organization") };
}

/** One project. Throws `ApiFailure` with status 403 or 404 when the account can't see it. */
export function project(connection: Connection, id: string): Promise<Project> {
  return connection.get(path`/projects/${id}`, parseProject);
}

function extendedAccess(connection: Connection, userId: string, query: string) {
  return pages(connection, path`/users/${userId}/extended-access` + query, accessRow);
}

const accessRow = v.object({
  resource_id: v.string(),
  resource_type: v.string(),
  organization_id: text,
  permissions: listed(v.string()),
});

const projectReference = v.object({ title: text, region: text, status: text });

const organizationReference = v.pipe(
  v.object({ id: v.string(), name: v.string(), label: text }),
  v.transform(({ id, name, label }) => ({ id, name, label: label ?? name })),
);

const parseProject = reader(
  v.pipe(
    v.object({
      id: v.string(),
      title: v.string(),
      default_branch: said,
      region: text,
      organization: text,
      timezone: text,
      subscription: v.nullish(v.object({ suspended: v.nullish(v.boolean(), false) })),
    }),
    v.transform(
      ({ id, title, default_branch, region, organization, timezone, subscription }): Project => ({
        id,
        title,
        defaultBranch: default_branch,
        region: region ?? "",
        organization,
        timezone: timezone ?? "UTC",
        ...(subscription?.suspended ? { suspended: true } : {}),
      }),
    ),
  ),
);
