import * as v from "valibot";
import { pages, references } from "./answers/pages.ts";
import { path } from "./answers/path.ts";
import { list, optionalText } from "./answers/schema.ts";
import type { Connection } from "./connection.ts";

/** What the members of a team may do on a project; they don't show in its access list. */
export interface TeamAccess {
  readonly team: string;
  /** Undefined for a team that is deleted or hidden. */
  readonly label: string | undefined;
  readonly permissions: readonly string[];
}

/** The teams that have access to the project. Throws `ApiFailure`. */
export async function teamAccess(
  connection: Connection,
  projectId: string,
): Promise<readonly TeamAccess[]> {
  const first = `${path`/projects/${projectId}/team-access`}?page%5Bsize%5D=200`;
  const read = await pages(connection, first, v.object({ team_id: v.string() }));
  const teams = await references(connection, read, "teams", teamReference);
  return read
    .flatMap((page) => page.items)
    .map(({ team_id: team }) => ({
      team,
      label: teams.get(team)?.label,
      permissions: teams.get(team)?.project_permissions ?? [],
    }));
}

const teamReference = v.object({ label: optionalText, project_permissions: list(v.string()) });
