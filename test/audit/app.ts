import type { AppLocation } from "../../src/appfile/locate.ts";
import { parseApp, withFileText } from "../../src/appfile/read.ts";
import { audit } from "../../src/audit/engine.ts";
import type { Finding } from "../../src/audit/finding.ts";
import type { AuditFacts } from "../../src/audit/rule.ts";
import type { Change } from "../../src/change/change.ts";
import { withCiText } from "../../src/cifile/read.ts";
import type { Example } from "./rule-cases.ts";

export const appLocation: AppLocation = {
  file: "/shop/.platform.app.yaml",
  shown: ".platform.app.yaml",
  form: "single",
  path: [],
  name: "shop",
};

/** An application file with these lines after its name and type, from column 0. */
export function app(...lines: readonly string[]): string {
  return ["name: shop", "type: 'php:8.3'", ...lines, ""].join("\n");
}

/** A key with a literal block of these lines below it, four columns deeper; the key from column 0. */
function block(key: string, lines: readonly string[], column = 0): readonly string[] {
  const indent = " ".repeat(column);
  return [
    `${indent}${key}: |`,
    ...lines.map((line) => (line === "" ? "" : `${indent}    ${line}`)),
  ];
}

/** The lines of a hook section. */
export function hooks(
  scripts: Readonly<Partial<Record<"build" | "deploy" | "post_deploy", readonly string[]>>>,
): readonly string[] {
  return ["hooks:", ...Object.entries(scripts).flatMap(([name, lines]) => block(name, lines, 4))];
}

/** The lines of a section with one cron, `job`. */
export function cron(lines: readonly string[], spec = "0 5 * * *"): readonly string[] {
  return [
    "crons:",
    "    job:",
    `        spec: '${spec}'`,
    "        commands:",
    ...block("start", lines, 12),
  ];
}

const installer = [
  "set -e",
  "curl -fsSL https://raw.githubusercontent.com/platformsh/cli/main/installer.sh -o /tmp/i.sh",
  "VERSION=5.11.0 bash /tmp/i.sh",
];

/** An application file with the CLI installed and one cron that runs these lines. */
export function withCron(...lines: readonly string[]): string {
  return app(...hooks({ build: installer }), ...cron(lines));
}

/** The same with a guard for the branch `main` around the lines. */
export function guarded(...lines: readonly string[]): string {
  return withCron(
    'if [ "$PLATFORM_BRANCH" = main ]; then',
    ...lines.map((line) => `    ${line}`),
    "fi",
  );
}

/** A command that is as it should be. */
export const backup = "platform backup:create --yes --no-wait";

/** An application with crons whose lines these are, from column 4. */
export function crons(...lines: readonly string[]): string {
  return app("crons:", ...lines.map((line) => `    ${line}`));
}

/** The lines of a cron, one of each key. */
export function cronJob(name: string, spec: string, start: string): readonly string[] {
  return [`${name}:`, `    spec: '${spec}'`, "    commands:", `        start: ${start}`];
}

/** An application with a cron at these times. */
export function withSpec(spec: string): string {
  return app(...cron(["./work.sh"], spec));
}

/** A made-up token that looks like one. */
export const secret = "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5zA7";

/** An application with a `.environment` beside its file. */
export function withEnvironment(...lines: readonly string[]): Example {
  const text = `${lines.join("\n")}\n`;
  return {
    text: guarded(backup),
    facts: { environmentFile: { file: "/shop/.environment", shown: ".environment", text } },
  };
}

const usual = { defaultBranch: { name: "main", because: "as the project says" } };

const known = new Map<Example, AuditFacts>();

/** What the rules look at in an example. */
export function factsOf(example: Example): AuditFacts {
  const facts = known.get(example) ?? readFacts(example);
  known.set(example, facts);
  return facts;
}

function readFacts(example: Example): AuditFacts {
  if (typeof example === "string") return { app: parseApp(appLocation, example), ...usual };
  const { text, place = {}, includes, facts = usual } = example;
  return { app: parseApp({ ...appLocation, ...place }, text, includes), ...facts };
}

/** The same facts once a change of a file was made; a change of the platform leaves them as they are. */
export function after(facts: AuditFacts, change: Change): AuditFacts {
  if (change.kind !== "file") return facts;
  const { environmentFile, ci } = facts;
  if (ci !== undefined && [...ci.texts.values()].some(({ file }) => file === change.path))
    return { ...facts, ci: withCiText(ci, change.path, change.after) };
  return environmentFile?.file === change.path
    ? { ...facts, environmentFile: { ...environmentFile, text: change.after } }
    : { ...facts, app: withFileText(facts.app, change.path, change.after) };
}

/** What the audit finds in a text. */
export function findingsIn(text: string, facts: Omit<AuditFacts, "app"> = {}): readonly Finding[] {
  return audit({ app: parseApp(appLocation, text), ...facts });
}
