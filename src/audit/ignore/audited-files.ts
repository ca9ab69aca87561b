import type { AppFile, Script } from "../../appfile/app-file.ts";
import { fileScript } from "../../appfile/script.ts";
import { scriptsOf } from "../../automation/scripts.ts";
import { type CiReading, noCi } from "../../cifile/read.ts";
import type { Source } from "../../yaml/source.ts";
import type { TextFile } from "../../yaml/text-file.ts";

/** The files that were audited, each once, in which a comment may speak to the program. */
export interface AuditedFiles {
  /** By their paths as people know them. */
  readonly files: ReadonlyMap<string, TextFile>;
  /** The scripts in them, and those that are files of their own. */
  readonly scripts: readonly Script[];
  /** Those that are YAML. */
  readonly sources: readonly Source[];
}

/**
 * The files that describe some apps and the CI of their repository, and the scripts that these call.
 *
 * @param environmentFiles the `.environment` of these apps
 */
export function auditedFiles(
  apps: readonly AppFile[],
  ci: CiReading = noCi,
  environmentFiles: readonly TextFile[] = [],
): AuditedFiles {
  const included = apps.flatMap(({ includes }) => [...includes.values()]);
  const steps = ci.files.flatMap(({ jobs }) => jobs.flatMap(({ steps: all }) => all));
  const sources = [
    ...apps.map(({ source }) => source),
    ...included.flatMap((each) => (each.kind === "yaml" ? each.in : [])),
    ...ci.files.map(({ source }) => source),
    ...steps.map(({ spot }) => spot.in),
  ];
  const texts: readonly TextFile[] = [
    ...sources,
    ...included.flatMap((each) => (each.kind === "closed" ? [] : [each.in])),
    ...apps.flatMap(({ called }) => [...called.values()]),
    ...ci.called.values(),
    ...environmentFiles,
  ];
  return {
    files: new Map(texts.map((file) => [file.shown, file])),
    scripts: [
      ...apps.flatMap(scriptsOf).map(({ script }) => script),
      ...steps.flatMap((step) => (step.kind === "run" ? step.script : [])),
      ...[...ci.called.values(), ...environmentFiles].map((file) => fileScript(file)),
    ],
    sources,
  };
}
