import type { CodeFiles } from "../git-objects.ts";
import type { AppDefinition } from "./app-definition.ts";

/** How somebody writes their files. */
export interface Handwriting {
  /** Which product: "fixed" has `.platform.app.yaml`, "flex" `.upsun/config.yaml`. */
  readonly flavor: "fixed" | "flex";
  /** Blanks for each level. */
  readonly indentation: 2 | 4;
  /** Whether crons are written with `cmd`, as the manual had it until 2021. */
  readonly oldCommand: boolean;
}

/** The configuration files of a project with one app, as its developers would have written them. */
export function appFiles(app: AppDefinition, hand: Handwriting): CodeFiles {
  const upstream = `upstream: '${app.name}:http'`;
  if (hand.flavor === "flex") {
    const route = indented(["'https://{default}/':", "    type: upstream", `    ${upstream}`], 4);
    const lines = [
      "applications:",
      ...indented([`${app.name}:`, ...indented(appLines(app, hand), hand.indentation)], 4),
      "routes:",
      ...route,
    ];
    return { ".upsun/config.yaml": text(lines) };
  }
  return {
    ".platform.app.yaml": text([`name: ${app.name}`, ...appLines(app, hand)]),
    ".platform/routes.yaml": text([
      "'https://{default}/':",
      "    type: upstream",
      `    ${upstream}`,
    ]),
    ".platform/services.yaml": text(["db:", "    type: 'mariadb:11.4'", "    disk: 1024"]),
  };
}

function appLines(app: AppDefinition, { flavor, indentation, oldCommand }: Handwriting): string[] {
  const below = (lines: readonly string[]) => indented(lines, indentation);
  const section = (key: string, entries: readonly string[]) =>
    entries.length === 0 ? [] : [`${key}:`, ...below(entries)];
  const command = (key: string, script: string) => scriptLines(key, script, indentation);
  const crons = Object.entries(app.crons).flatMap(([name, { spec, start }]) => [
    `${name}:`,
    ...below([
      `spec: '${spec}'`,
      ...(oldCommand ? command("cmd", start) : section("commands", command("start", start))),
    ]),
  ]);
  const operations = Object.entries(app.operations).flatMap(([name, script]) => [
    `${name}:`,
    ...below(command("command", script)),
  ]);
  return [
    `type: '${app.type}'`,
    ...(app.timezone === undefined ? [] : [`timezone: '${app.timezone}'`]),
    ...(app.ssh === undefined ? [] : section("access", [`ssh: ${app.ssh}`])),
    ...(flavor === "flex"
      ? []
      : ["disk: 1024", "relationships:", ...below(["database: 'db:mysql'"])]),
    ...section("web", section("locations", section("'/'", ["root: public"]))),
    ...section("hooks", [
      ...(app.build === undefined ? [] : command("build", app.build)),
      ...(app.deploy === undefined ? [] : command("deploy", app.deploy)),
    ]),
    ...section("crons", crons),
    ...section("source", section("operations", operations)),
  ];
}

/** A script on one line in quotes, or as a literal block. */
function scriptLines(key: string, script: string, indentation: number): string[] {
  if (!script.includes("\n")) return [`${key}: '${script.replaceAll("'", "''")}'`];
  const lines = script.replace(/\n$/, "").split("\n");
  const chomping = script.endsWith("\n") ? "" : "-";
  return [`${key}: |${chomping}`, ...indented(lines, indentation)];
}

function indented(lines: readonly string[], by: number): string[] {
  return lines.map((line) => (line === "" ? "" : " ".repeat(by) + line));
}

function text(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
