import * as v from "valibot";
import { parse } from "yaml";
import type { CodeFiles } from "../git-objects.ts";
import type { StoredEnvironment, StoredProject } from "../store.ts";

/** A route as the files have it: its address with `{default}` in it, and where it leads. */
interface RouteDefinition {
  readonly url: string;
  readonly type: "upstream" | "redirect";
  readonly target: string;
}

/** A task of Upsun (developer.upsun.com, "Tasks"). */
export interface TaskDefinition {
  readonly name: string;
  readonly type: string;
  readonly command: string;
  /** Seconds. */
  readonly timeout: number;
}

const route = v.object({
  type: v.optional(v.picklist(["upstream", "redirect"]), "upstream"),
  upstream: v.optional(v.string()),
  to: v.optional(v.string()),
});
const task = v.object({
  type: v.string(),
  run: v.object({ command: v.string(), timeout: v.optional(v.number(), 3600) }),
});
const service = v.object({ type: v.string(), disk: v.optional(v.number(), 512) });

/** The routes of a project; a single one to the first app where its files have none. */
export function routesIn(
  files: CodeFiles,
  firstApp: string | undefined,
): readonly RouteDefinition[] {
  const named = section(files, "routes", /^\.platform\/routes\.yaml$/, route);
  if (named.length === 0) {
    return firstApp === undefined
      ? []
      : [{ url: "https://{default}/", type: "upstream", target: `${firstApp}:http` }];
  }
  return named.map(([url, { type, upstream = "", to = "" }]) => ({
    url,
    type,
    target: type === "upstream" ? upstream : to,
  }));
}

/** The services of a project: type and disk (MB), by name. */
export function servicesIn(files: CodeFiles) {
  return section(files, "services", /^\.platform\/services\.yaml$/, service);
}

/** The tasks of a project of Upsun; other projects have none. */
export function tasksIn(files: CodeFiles): readonly TaskDefinition[] {
  return section(files, "tasks", undefined, task).map(([name, { type, run }]) => ({
    name,
    type,
    ...run,
  }));
}

/** Where the sites of an environment are: the host that `{default}` stands for. */
export function siteHost(project: StoredProject, environment: StoredEnvironment): string {
  const [domain] = project.domains.keys();
  if (environment.type === "production" && domain !== undefined) return domain;
  const region = project.region.replace(/platform\.sh$/, "platformsh.site");
  return `${environment.machineName}-${project.id}.${region}`;
}

/** The entries of one part of the configuration that fit their schema; what can't be read has none. */
function section<Entry extends v.GenericSchema>(
  files: CodeFiles,
  key: string,
  own: RegExp | undefined,
  entry: Entry,
): readonly (readonly [string, v.InferOutput<Entry>])[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const isWhole = own?.test(path) === true;
    if (!isWhole && !/^\.upsun\/[^/]+\.yaml$/.test(path)) return [];
    const parsed = parsedOr(text);
    const part = isWhole ? parsed : v.is(v.looseObject({}), parsed) ? parsed[key] : undefined;
    return v.is(v.looseObject({}), part)
      ? Object.entries(part).flatMap(([name, value]) => {
          const read = v.safeParse(entry, value);
          return read.success ? [[name, read.output] as const] : [];
        })
      : [];
  });
}

function parsedOr(text: string): unknown {
  try {
    return parse(text, { logLevel: "error" });
  } catch {
    return undefined;
  }
}
