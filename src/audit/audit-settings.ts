import { realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { Failure } from "../failure.ts";
import { mebibyte, readRegularText } from "../regular-file.ts";
import type { Baseline } from "./baseline.ts";
import type { ConfigurationFile } from "./configuration/write.ts";
import { type Configuration, noConfiguration } from "./configuration.ts";

/** What was said beforehand about the findings. */
export interface AuditSettings {
  readonly configuration: Configuration;
  /** The file that the configuration is in, or would be. */
  readonly configurationFile: ConfigurationFile;
  readonly baseline?: Baseline;
}

/** Where it is said. */
interface SettingsSources {
  /** Absolute. */
  readonly directory: string;
  readonly config?: string;
  readonly baseline?: string;
}

const configurationFile = ".machinist.yaml";

/**
 * Reads the configuration and the baseline. A directory needs neither; a file that was named has to be there.
 * Throws a `Failure` ("usage") for what can't be read.
 */
export async function readAuditSettings({
  directory,
  config,
  baseline,
}: SettingsSources): Promise<AuditSettings> {
  const configured = await configurationIn(directory, config);
  if (baseline === undefined) return configured;
  const text = await named(baseline, "--baseline");
  const { readBaseline } = await import("./baseline.ts");
  return { ...configured, baseline: readBaseline(shownFrom(directory, baseline), text) };
}

async function configurationIn(
  directory: string,
  config: string | undefined,
): Promise<AuditSettings> {
  const path = config ?? join(directory, configurationFile);
  const text = config === undefined ? await textIfThere(path) : await named(config, "--config");
  const shown = shownFrom(directory, path);
  if (text === undefined)
    return { configuration: noConfiguration, configurationFile: { path, shown } };
  const { readConfiguration } = await import("./configuration/read.ts");
  return {
    configuration: readConfiguration(shown, text),
    configurationFile: { path: await realpath(path), shown, text },
  };
}

/** The same once the configuration has this text. */
export async function settingsAfter(said: AuditSettings, text: string): Promise<AuditSettings> {
  const { readConfiguration } = await import("./configuration/read.ts");
  const { configurationFile } = said;
  return {
    ...said,
    configuration: readConfiguration(configurationFile.shown, text),
    configurationFile: { ...configurationFile, text },
  };
}

/** A baseline has a line for each finding of a whole company; nothing else comes near. */
const largest = 32 * mebibyte;

async function textIfThere(path: string): Promise<string | undefined> {
  try {
    return await readRegularText(path, largest);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw unreadable(path, error);
  }
}

async function named(path: string, flag: string): Promise<string> {
  const text = await textIfThere(path);
  if (text !== undefined) return text;
  throw new Failure("usage", { what: "There is no such file", where: `${flag} ${path}` });
}

function unreadable(path: string, cause: unknown): Failure {
  const why = cause instanceof Error ? { why: cause.message } : {};
  return new Failure("usage", { what: "The file can't be read", where: path, ...why }, { cause });
}

function shownFrom(directory: string, path: string): string {
  const below = relative(directory, path);
  return below.startsWith("..") ? path : below.split(sep).join("/");
}
