import { indented } from "../../yaml/lines.ts";
import { entriesOf, isBlockMap, ownEntry, valueAt } from "../../yaml/nodes.ts";
import { appendedTo } from "../../yaml/place-in-map.ts";
import type { ByHand, EditPlan } from "../../yaml/proof.ts";
import { refusal } from "../../yaml/refusal.ts";
import { keyText, type Quote, quotedText } from "../../yaml/scalar-text.ts";
import { areSpaced, bodyStepOf, columnOf, keyColumn, stepBelow, stepOf } from "../../yaml/style.ts";
import type { AppFile } from "../app-file.ts";
import { cronValue, givenToApp, type NewCron } from "../by-hand.ts";
import { ownCopyPlans, type Section, sectionOf, unfoldEdits, waysToFill } from "./section.ts";

/** Ways to add a cron after the others, the best first. Throws a `Failure` when none is known. */
export function cronPlans(app: AppFile, cron: NewCron): readonly EditPlan[] {
  const { text, source, location } = app;
  const section = sectionOf(app, "crons", cronByHand(app, cron));
  const written = writtenCron(app, section, cron);
  const { value } = written;
  if (section.kind === "included") {
    const { in: included, map } = section;
    const lines = indented(written.lines, keyColumn(included.text, map));
    const spaced = areSpaced(included.text, map, "entries");
    return appendedTo(included.text, map, -1, spaced, lines).map((edit) => ({
      kind: "yaml",
      in: included,
      edits: [edit],
      path: [cron.name],
      value,
    }));
  }
  if (section.kind === "inherited")
    return ownCopyPlans(app, "crons", new Map([...section.value, [cron.name, value]]));
  const path = [...location.path, "crons", cron.name];
  const planned = (edits: EditPlan["edits"]): EditPlan => ({
    kind: "yaml",
    in: source,
    edits,
    path,
    value,
  });
  if (section.kind === "flow") {
    const edits = unfoldEdits(app, section, (entries) => [
      ...entries.map(([, line]) => line),
      ...written.lines,
    ]);
    if (edits !== undefined) return [planned(edits)];
    throw refusal(
      source,
      section.entry.keyStart,
      "The crons are written inside `{ }`",
      cronByHand(app, cron),
    );
  }
  if (section.kind !== "block")
    return waysToFill(app, "crons", section, written.lines).map(planned);
  const lines = indented(written.lines, keyColumn(text, section.map));
  const outer = columnOf(text, section.entry.keyStart);
  const spaced = areSpaced(text, section.map, "entries");
  return appendedTo(text, section.map, outer, spaced, lines).map((edit) => planned([edit]));
}

/** What to do by hand instead. */
export function cronByHand(app: AppFile, cron: NewCron): ByHand {
  return givenToApp(app, ["crons", cron.name], cronValue(cron), "this cron");
}

/** The cron in the style of the others, from column 0, and what it means. */
function writtenCron(
  app: AppFile,
  section: Section,
  { name, spec, lines }: NewCron,
): { readonly lines: readonly string[]; readonly value: unknown } {
  const crons = "map" in section ? section.map : undefined;
  const { step, nested } = stepsOf(app, section);
  const quotes = quotesOf(app);
  const [only, second] = lines;
  const oneLine = only !== undefined && second === undefined;
  const command = oneLine ? only : `${lines.join("\n")}\n`;
  const inOldKey = usesCmd(app);
  const column = inOldKey ? step : step + nested;
  const body = column + bodyStepOf(app, crons, inOldKey ? step : nested);
  const key = inOldKey ? "cmd" : "start";
  return {
    lines: [
      `${keyText(name)}:`,
      ...indented([`spec: ${quotedText(spec, quotes.spec)}`], step),
      ...(inOldKey ? [] : indented(["commands:"], step)),
      ...indented([`${key}: ${oneLine ? quotedText(only, quotes.command) : "|"}`], column),
      ...(oneLine ? [] : indented(lines, body)),
    ],
    value: new Map<string, unknown>([
      ["spec", spec],
      inOldKey ? ["cmd", command] : ["commands", new Map([["start", command]])],
    ]),
  };
}

/** Whether most crons still have `cmd`; without crons, and in case of doubt, the manual's own key counts. */
function usesCmd({ crons }: AppFile): boolean {
  const scripts = crons.filter(({ script }) => script !== undefined);
  return scripts.filter(({ key }) => key === "cmd").length * 2 > scripts.length;
}

/** How much deeper the keys of a cron are than its name, and those of `commands` than that. */
function stepsOf(app: AppFile, section: Section): { step: number; nested: number } {
  const usual = stepOf(app);
  if (section.kind !== "block" && section.kind !== "included")
    return { step: usual, nested: usual };
  const { text } = section.kind === "included" ? section.in : app;
  const models = entriesOf(section.map).flatMap(({ keyStart, value }) =>
    isBlockMap(value) ? [{ step: stepBelow(text, keyStart, value), map: value }] : [],
  );
  const commands = models.flatMap(({ map }) => {
    const entry = ownEntry(map, "commands");
    return isBlockMap(entry?.value) ? [stepBelow(text, entry.keyStart, entry.value)] : [];
  });
  const step = models.at(-1)?.step ?? usual;
  return { step, nested: commands.at(-1) ?? step };
}

function writtenQuote(first: string): Quote {
  if (first === "'") return "single";
  return first === '"' ? "double" : "plain";
}

const quoteOf: Readonly<Record<string, Quote>> = {
  QUOTE_SINGLE: "single",
  QUOTE_DOUBLE: "double",
  PLAIN: "plain",
};

/** The quotes of most other specs, and of most other commands on one line. */
function quotesOf({ crons }: AppFile): { spec: Quote; command: Quote } {
  const styles = crons.map(({ in: file, spec, script }) => {
    return {
      spec: spec && writtenQuote(file.text.charAt(spec.start)),
      command: quoteOf[script?.yaml?.node.type ?? ""],
    };
  });
  return {
    spec: commonest(styles.map(({ spec }) => spec)),
    command: commonest(styles.map(({ command }) => command)),
  };
}

function commonest(quotes: readonly (Quote | undefined)[]): Quote {
  const count = (quote: Quote) => quotes.filter((other) => other === quote).length;
  return (["single", "double", "plain"] as const).reduce<Quote>(
    (best, quote) => (count(quote) > count(best) ? quote : best),
    "single",
  );
}

/** A name for a cron that no other has: the wanted one, or with the first free number from 2 behind it. */
export function freeCronName(app: AppFile, wanted: string): string {
  const crons = valueAt(app.source.value, [...app.location.path, "crons"]);
  const taken = new Set([
    ...(crons instanceof Map ? [...crons.keys()].map(String) : []),
    ...app.crons.map(({ name }) => name),
  ]);
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(name)) return name;
  }
}
