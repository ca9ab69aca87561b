import * as v from "valibot";
import { pages, references } from "./answers/pages.ts";
import { path } from "./answers/path.ts";
import { optionalText, reader, requiredList, requiredText, word } from "./answers/schema.ts";
import { ApiFailure } from "./api-failure.ts";
import type { Connection } from "./connection.ts";

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

/** A project, as far as it is asked about here. */
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
  const rows = read.flatMap((page) => page.items).filter((row) => row.resource_type === "project");
  const [projects, organizations] = await Promise.all([
    listedProjects(connection, rows).then((known) =>
      references(connection, read, "projects", projectReference, known),
    ),
    references(connection, read, "organizations", organizationReference),
  ]);
  return rows.flatMap(({ resource_id: id, organization_id, permissions }): ProjectSummary[] => {
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

/**
 * What the organizations with many of these projects say about them, by id, a hundred at a time: references come in
 * links for a few. An organization that doesn't show its list to this account has none of its projects here.
 */
async function listedProjects(connection: Connection, rows: readonly AccessRow[]) {
  const counts = new Map<string, number>();
  for (const { organization_id: id } of rows) {
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const large = [...counts].filter(([, count]) => count >= many).map(([id]) => id);
  const lists = await Promise.all(
    large.map(async (id) => {
      const first = `${path`/organizations/${id}/projects`}?page%5Bsize%5D=${pageSize}`;
      try {
        return (await pages(connection, first, listedProject)).flatMap((page) => page.items);
      } catch (error) {
        if (error instanceof ApiFailure && error.reason === "api") return [];
        throw error;
      }
    }),
  );
  return new Map(lists.flat().map(({ id, ...project }) => [id, project]));
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
export function readProject(connection: Connection, id: string): Promise<Project> {
  return connection.get(path`/projects/${id}`, parseProject);
}

function extendedAccess(connection: Connection, userId: string, query: string) {
  return pages(connection, path`/users/${userId}/extended-access` + query, accessRow);
}

const accessRow = v.object({
  resource_id: word,
  resource_type: word,
  organization_id: optionalText,
  permissions: requiredList(v.string()),
});

type AccessRow = v.InferOutput<typeof accessRow>;

const projectReference = v.object({
  title: optionalText,
  region: optionalText,
  status: optionalText,
});

/** From how many of its projects on an organization is asked for its list. */
const many = 50;

/** The most that the list of an organization's projects takes (platform API reference, other project lists). */
const pageSize = 100;
const listedProject = v.object({ id: word, ...projectReference.entries });

const organizationReference = v.pipe(
  v.object({ id: word, name: v.string(), label: optionalText }),
  v.transform(({ id, name, label }) => ({ id, name, label: label ?? name })),
);

const parseProject = reader(
  v.pipe(
    v.object({
      id: word,
      title: v.fallback(optionalText, undefined),
      default_branch: requiredText,
      region: optionalText,
      organization: optionalText,
      timezone: optionalText,
      subscription: v.nullish(v.object({ suspended: v.nullish(v.boolean(), false) })),
    }),
    v.transform(
      ({ id, title, default_branch, region, organization, timezone, subscription }): Project => ({
        id,
        title: title ?? id,
        defaultBranch: default_branch,
        region: region ?? "",
        organization,
        timezone: timezone ?? "UTC",
        ...(subscription?.suspended ? { suspended: true } : {}),
      }),
    ),
  ),
);
