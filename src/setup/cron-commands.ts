import { readApp } from "../appfile/read.ts";
import { Failure } from "../failure.ts";
import { environments } from "../platform/environments.ts";
import { leastPermissions } from "../platform/least-permissions.ts";
import { type CliCommand, readScript } from "../shell/script.ts";
import type { SetupContext } from "./context.ts";
import { environmentOf, projectOf, type Session } from "./session.ts";

/**
 * The least permissions for all that the crons of the checkout do with the CLI; undefined where no cron calls it, or
 * the folder has no app.
 */
export async function neededByCrons(
  session: Session,
  context: SetupContext,
): Promise<readonly string[] | undefined> {
  const [commands, all] = await Promise.all([
    cronCommands(context),
    environments(context.platform().connection, projectOf(session)),
  ]);
  const type = all.find(({ id }) => id === environmentOf(session))?.type;
  return commands.length === 0 || type === undefined ? undefined : leastPermissions(type, commands);
}

/** The CLI commands in the crons of every app of the checkout whose file can be read. */
async function cronCommands(context: SetupContext): Promise<readonly CliCommand[]> {
  const found = await readable(() => context.apps());
  const apps = await Promise.all((found ?? []).map((app) => readable(() => readApp(app))));
  return apps.flatMap((app) =>
    (app?.crons ?? []).flatMap(({ script }) =>
      script === undefined ? [] : readScript(script.text).commands,
    ),
  );
}

async function readable<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Failure && error.reason !== "interrupted") return undefined;
    throw error;
  }
}
