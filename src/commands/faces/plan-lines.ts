import type { Decision, Plan, PlanItem } from "../../dialogue/plan.ts";
import { linesWith } from "./long-list.ts";
import { tellPreview } from "./preview.ts";
import type { LineReader } from "./terminal-reader.ts";

/** Tells the plan in numbered lines, and reads words until one of them is a decision. Enter alone is none. */
export async function askPlan(
  plan: Plan,
  reader: LineReader,
  say: (line: string) => void,
): Promise<Decision> {
  say("");
  tellPlan(plan, say);
  say(words(plan));
  for (;;) {
    const line = (await reader.read("Plan: ", true)).trim();
    const decision = decisionOf(line, plan, say);
    if (decision !== undefined) return decision;
  }
}

/** The plan, one numbered line an item. */
function tellPlan(plan: Plan, say: (line: string) => void): void {
  if (plan.notice !== undefined) say(plan.notice);
  say(plan.headline);
  tellItems(plan, "", say);
}

/** The items that have all the words, a numbered line each: at most as many as a person can follow. */
function tellItems({ items }: Plan, filter: string, say: (line: string) => void): void {
  const lines = items.map((item, index) => `${index + 1} ${standing(item)}${whole(item)}`);
  for (const line of linesWith(lines, filter)) say(line);
}

/** In a word how an item stands; the title of what only the person can do says so itself. */
function standing(item: PlanItem): string {
  if (item.kind === "yours") return "";
  if (item.kind === "change") return item.marked ? "in: " : "out: ";
  return `${item.kind}: `;
}

function whole({ title, says }: PlanItem): string {
  return says === "" ? title : `${title}, ${says}`;
}

function words(plan: Plan): string {
  return `Type a number to look at it, "change 1", "out 1" or "in 1", "why 1", "list", "filter WORDS", "back" or "look again". "apply": ${plan.button}.`;
}

/** The decision that a line means; undefined when it was answered here. */
function decisionOf(line: string, plan: Plan, say: (line: string) => void): Decision | undefined {
  if (line === "apply") return { kind: "agree" };
  if (line === "back" || line === "look again") return { kind: line };
  const [, verb = "", number = "", letter = ""] =
    /^(?:(in|out|why|change)\s+)?(\d{1,5})\s?([a-z])?$/u.exec(line) ?? [];
  const item = plan.items[Number(number) - 1];
  if (line === "" || line === "?" || line === "help") {
    say(line === "" ? `Enter alone does nothing here. ${words(plan)}` : words(plan));
  } else if (line === "list" || line.startsWith("filter ")) {
    tellItems(plan, line === "list" ? "" : line.slice("filter ".length), say);
  } else if (number === "") {
    say(`"${line}" means nothing here. ${words(plan)}`);
  } else if (item === undefined) {
    say(`There is no item ${number}: they go from 1 to ${plan.items.length}.`);
  } else if (verb === "in" || verb === "out") {
    if (item.kind === "change") return { kind: "mark", item: item.id, marked: verb === "in" };
    say(`${item.title}: that is no change of machinist's, so it is neither in nor out.`);
  } else if (verb === "why") {
    for (const paragraph of [...item.facts, ...item.help]) say(paragraph);
    for (const { title, shown, because } of item.settings) say(`${title}: ${shown} (${because})`);
  } else if (letter !== "" || verb === "change") {
    return changeOf(item, number, letter, say);
  } else {
    tellItem(item, number, say);
  }
  return undefined;
}

const letters = "abcdefghijklmnopqrstuvwxyz";

function changeOf(
  item: PlanItem,
  number: string,
  letter: string,
  say: (line: string) => void,
): Decision | undefined {
  const { settings } = item;
  const [only, second] = settings;
  const chosen =
    letter !== "" ? settings[letters.indexOf(letter)] : second === undefined ? only : undefined;
  if (chosen !== undefined) return { kind: "change", step: chosen.step };
  if (only === undefined) say(`${item.title}: there is nothing to change in it.`);
  else tellSettings(item, number, say);
  return undefined;
}

function tellItem(item: PlanItem, number: string, say: (line: string) => void): void {
  say(whole(item));
  for (const fact of item.facts) say(fact);
  for (const preview of item.previews) tellPreview(preview, say);
  tellSettings(item, number, say);
}

function tellSettings({ settings }: PlanItem, number: string, say: (line: string) => void): void {
  settings.forEach(({ title, shown, because }, index) => {
    say(`${number}${letters[index] ?? ""} ${title}: ${shown} (${because})`);
  });
  if (settings.length > 0) say(`Type ${number}a to change the first, and so on.`);
}
