import * as v from "valibot";
import { parse } from "yaml";
import type { CodeFiles } from "../git-objects.ts";
import { type AppDefinition, sshRoles } from "./app-definition.ts";

/**
 * The apps that the configuration files of a branch describe, as the platform reads them when the branch is pushed:
 * `.upsun/config.yaml`, `.platform/applications.yaml`, or a `.platform.app.yaml` in any folder. What a file takes from
 * elsewhere (`!include`) is left out.
 *
 * @returns the apps in the order of the files, or the path of the file that isn't valid and why
 */
export function appsOfBranch(
  files: CodeFiles,
): readonly AppDefinition[] | { readonly file: string; readonly why: string } {
  const apps: AppDefinition[] = [];
  for (const [file, text] of Object.entries(files)) {
    const shape = shapes.find(({ path }) => path.test(file));
    if (shape === undefined) continue;
    try {
      apps.push(...shape.apps(parse(text, { logLevel: "error" })));
    } catch (error) {
      return { file, why: reason(error) };
    }
  }
  return apps;
}

function reason(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}

const script = v.optional(v.fallback(v.union([v.string(), v.undefined()]), undefined));

const cron = v.pipe(
  v.object({
    spec: v.string(),
    cmd: v.optional(v.string()),
    commands: v.optional(v.object({ start: v.string() })),
  }),
  v.transform(({ spec, cmd, commands }) => ({ spec, start: commands?.start ?? cmd ?? "" })),
);

const optionalRecord = <Entry extends v.GenericSchema>(entry: Entry) =>
  v.optional(v.nullable(v.record(v.string(), entry)));

const authorization = v.object({
  type: v.string(),
  action: v.string(),
  resource: v.exactOptional(v.string()),
});

const appSchema = v.object({
  name: v.optional(v.string(), "app"),
  type: v.optional(v.string(), "composable"),
  timezone: v.optional(v.string()),
  access: v.optional(v.object({ ssh: v.optional(v.picklist(sshRoles)) })),
  hooks: v.optional(v.nullable(v.object({ build: script, deploy: script }))),
  crons: optionalRecord(cron),
  source: v.optional(
    v.nullable(v.object({ operations: optionalRecord(v.object({ command: script })) })),
  ),
  operations: optionalRecord(v.object({ commands: v.object({ start: script }) })),
  workers: optionalRecord(v.object({ commands: v.object({ start: script }) })),
  authorizations: v.optional(v.nullable(v.array(authorization))),
});

const shapes: readonly {
  readonly path: RegExp;
  apps(parsed: unknown): readonly AppDefinition[];
}[] = [
  {
    path: /^\.upsun\/[^/]+\.yaml$/,
    apps: (parsed) =>
      named(v.parse(v.object({ applications: v.optional(v.unknown()) }), parsed).applications),
  },
  { path: /^\.platform\/applications\.yaml$/, apps: named },
  { path: /(?:^|\/)\.platform\.app\.yaml$/, apps: (parsed) => [definition(parsed)] },
];

/** The apps of a list, or of a map by name. */
function named(parsed: unknown): readonly AppDefinition[] {
  if (Array.isArray(parsed)) return parsed.map((app) => definition(app));
  const byName = v.parse(v.optional(v.record(v.string(), v.looseObject({})), {}), parsed);
  return Object.entries(byName).map(([name, app]) => definition({ ...app, name }));
}

function definition(parsed: unknown): AppDefinition {
  const {
    name,
    type,
    timezone,
    access,
    hooks,
    crons,
    source,
    operations: run,
    ...more
  } = v.parse(appSchema, parsed);
  const { workers, authorizations } = more;
  const operations = Object.entries(source?.operations ?? {}).map(([operation, { command }]) => [
    operation,
    command ?? "",
  ]);
  return {
    name,
    type,
    ...(timezone === undefined ? {} : { timezone }),
    ...(hooks?.build === undefined ? {} : { build: hooks.build }),
    ...(hooks?.deploy === undefined ? {} : { deploy: hooks.deploy }),
    crons: crons ?? {},
    operations: Object.fromEntries(operations),
    ...(run ? { runtimeOperations: startCommands(run) } : {}),
    ...(workers ? { workers: startCommands(workers) } : {}),
    ...(authorizations ? { authorizations } : {}),
    ...(access?.ssh === undefined ? {} : { ssh: access.ssh }),
  };
}

function startCommands(
  entries: Readonly<Record<string, { readonly commands: { readonly start?: string | undefined } }>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(entries).map(([name, { commands }]) => [name, commands.start ?? ""]),
  );
}
