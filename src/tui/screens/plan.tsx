import { Box } from "ink";
import type { Decision, Plan, PlanItem } from "../../dialogue/plan.ts";
import { printable } from "../../printable.ts";
import { fieldRows } from "../components/field-rows.ts";
import { Line, Lines, MarkedLines, rowsOf } from "../components/lines.tsx";
import { PlanLine, planRows, titleColumns } from "../components/plan-list.tsx";
import { type Row, ScrollArea, windowRows } from "../components/scroll-area.tsx";
import type { Key } from "../keys/key.ts";
import { actionOf, keyTable, unofferedKeys } from "../keys/table.ts";
import { type Size, windowStart } from "../layout.ts";
import type { KeyResult, Screen } from "../screen.ts";
import { clip, widthOf } from "../text-width.ts";
import { signs } from "../theme.ts";
import { planItemRows, settingFields } from "./plan-details.ts";
import { PlanItemPage, planItemParts } from "./plan-item.tsx";
import { scrollStart } from "./scroll.ts";

/** Where a person is on the plan, kept while it is made anew. */
export interface PlanPlace {
  /** The item pointed at, by its id; the first one without it. */
  readonly item?: string;
  /** Whether its page is open. */
  readonly open: boolean;
  /** The setting pointed at there, by the step that it is of; the first one without it. */
  readonly setting?: string;
}

/**
 * The plan, the item pointed at with what it changes, and the button that applies it all. Enter in the list only opens;
 * the button has to be gone to, and no key counts that was pressed before the plan could be seen.
 *
 * @param place where the person was when it was made anew
 * @param seen whether the plan was to be seen already, and is only drawn with another mark
 */
export function planScreen(
  plan: Plan,
  place: PlanPlace,
  seen: boolean,
  done: (decision: Decision, place: PlanPlace) => void,
): Screen {
  const { items } = plan;
  const settable = [
    ...new Set(items.flatMap(({ settings }) => settings.map(({ title }) => title.toLowerCase()))),
  ];
  let at = Math.max(
    0,
    items.findIndex(({ id }) => id === place.item),
  );
  let open = place.open && items[at]?.id === place.item;
  let onButton = false;
  /** The setting pointed at on the item's page. */
  let setting = Math.max(
    0,
    open ? (items[at]?.settings.findIndex(({ step }) => step === place.setting) ?? 0) : 0,
  );
  /** The first row of the details that is shown. */
  let start = 0;

  const here = (): PlanPlace => {
    const item = items[at];
    if (item === undefined) return { open };
    const pointed = open ? item.settings[setting]?.step : undefined;
    return { item: item.id, open, ...(pointed === undefined ? {} : { setting: pointed }) };
  };
  const point = (to: number) => {
    at = Math.max(0, Math.min(items.length - 1, to));
    start = 0;
    setting = 0;
    onButton = false;
  };
  const mark = (): KeyResult => {
    const item = items[at];
    if (item?.kind !== "change") return { note: "Only a change can be in or out." };
    done({ kind: "mark", item: item.id, marked: !item.marked }, here());
    return undefined;
  };
  const scroll = (action: "up" | "down" | "page-up" | "page-down", { columns, rows }: Size) => {
    const item = items[at];
    if (item === undefined) return;
    const room = open
      ? planItemParts(item, setting, { columns, rows }).rows
      : planParts(plan, { columns, rows }).panel;
    const { length } = open
      ? planItemRows(item, columns)
      : panelRows(item, panelColumns(columns), room);
    start = scrollStart(start, action, windowRows(length, room), length);
  };

  const pressInList = (key: Key, area: Size): KeyResult => {
    const action = actionOf(planKeys(items[at]), key);
    switch (action) {
      case undefined:
        return "unknown";
      case "help":
        return "help";
      case "up":
        point(at - 1);
        return undefined;
      case "down":
        point(at + 1);
        return undefined;
      case "first":
        point(0);
        return undefined;
      case "last":
        point(items.length - 1);
        return undefined;
      case "focus":
        onButton = !onButton;
        return undefined;
      case "enter":
        if (onButton) done({ kind: "agree" }, here());
        else open = true;
        return undefined;
      case "mark":
        return onButton ? { note: "Enter applies; Tab goes to the list." } : mark();
      case "back":
        if (onButton) onButton = false;
        else done({ kind: "back" }, here());
        return undefined;
      case "look-again":
        done({ kind: "look again" }, here());
        return undefined;
      case "page-up":
      case "page-down":
        scroll(action, area);
        return undefined;
    }
  };

  const pressInItem = (key: Key, area: Size): KeyResult => {
    const action = actionOf(itemKeys(items[at]), key);
    const settings = items[at]?.settings ?? [];
    switch (action) {
      case undefined:
        return "unknown";
      case "help":
        return "help";
      case "back":
        open = false;
        start = 0;
        return undefined;
      case "mark":
        return mark();
      case "enter": {
        const chosen = settings[setting];
        if (chosen !== undefined) done({ kind: "change", step: chosen.step }, here());
        return undefined;
      }
      case "up":
        if (start > 0) scroll("up", area);
        else setting = Math.max(0, setting - 1);
        return undefined;
      case "down":
        if (setting < settings.length - 1) setting += 1;
        else scroll("down", area);
        return undefined;
      case "page-up":
      case "page-down":
        scroll(action, area);
        return undefined;
    }
  };

  return {
    get keys() {
      return open ? itemKeys(items[at]) : planKeys(items[at]);
    },
    help: {
      title: "The plan",
      paragraphs: [
        "Everything that will happen, in the order of doing. Nothing of it is done before you apply it, and nothing else is done then.",
        `Look at each item with the arrows; what is below the list shows what it changes. Space takes it out of the plan, or in again. Enter opens it${
          settable.length === 0
            ? ", to read all of it."
            : `: of some items there is more to change there (${settable.join(", ")}).`
        }`,
        "Tab goes to the button, and Enter there applies what is marked. Everything is read once more before that; if anything has changed, the plan is shown again.",
      ],
    },
    typeAhead: seen,
    press(key, area) {
      return open ? pressInItem(key, area) : pressInList(key, area);
    },
    view(area) {
      const item = items[at];
      return open && item !== undefined ? (
        <PlanItemPage item={item} setting={setting} start={start} area={area} />
      ) : (
        <PlanView plan={plan} at={at} onButton={onButton} start={start} area={area} />
      );
    },
  };
}

/** The keys of the list: the footer offers those that do something about the item pointed at. */
function planKeys(item: PlanItem | undefined) {
  return keyTable.plan.map((entry) => {
    if (entry.action === "mark" && item?.kind !== "change") return unofferedKeys(entry);
    const isToRead = entry.action === "enter" && item?.settings.length === 0;
    return isToRead ? { ...entry, hint: "Enter open" } : entry;
  });
}

/** The keys of an item's page: Enter changes something only where there is a setting. */
function itemKeys(item: PlanItem | undefined) {
  return keyTable.item.flatMap((entry) => {
    if (entry.action === "enter" && item?.settings.length === 0) return [];
    return entry.action === "mark" && item?.kind !== "change" ? unofferedKeys(entry) : entry;
  });
}

/** From this width on the panel stands beside the list. */
const wide = 106;

/** What stands between the list and the panel beside it. */
const betweenColumns = 4;

function listColumns(columns: number): number {
  return columns >= wide ? Math.floor(columns * 0.54) : columns;
}

function panelColumns(columns: number): number {
  return columns >= wide ? columns - listColumns(columns) - betweenColumns : columns;
}

/** Rows below the list from which on a rule stands above the panel. */
const ruledFrom = 2;

/** Rows below the list that the panel and its rule have before a blank row is left. */
const beforeBlanks = 5;

/** Who gets which rows: the headline, the list, the button and the panel, and only then the blank rows between them. */
function planParts(plan: Plan, { columns, rows }: Size) {
  const headline = rowsOf([plan.headline], columns, 2);
  const notice = plan.notice === undefined ? [] : rowsOf([plan.notice], columns - 2, 2);
  const wanted = planRows(plan.items).length;
  const left = rows - headline.length - notice.length - 1;
  if (columns >= wide) {
    const gaps = left >= 8 ? 2 : 0;
    const list = Math.min(wanted, left - gaps);
    return { headline, notice, gaps, list, panel: left + 1 - Math.min(gaps, 1), ruled: false };
  }
  const leastPanel = wanted + 1 <= left || left < 8 ? 1 : 3;
  const list = Math.max(1, Math.min(wanted, left - leastPanel));
  // The last blank row is the one between the list and the panel.
  const gaps = Math.min(3, Math.max(0, left - list - beforeBlanks));
  const below = Math.max(0, left - gaps - list);
  const ruled = below >= ruledFrom;
  return { headline, notice, gaps, list, panel: ruled ? below - 1 : below, ruled };
}

interface PlanViewProps {
  readonly plan: Plan;
  readonly at: number;
  readonly onButton: boolean;
  readonly start: number;
  readonly area: Size;
}

function PlanView({ plan, at, onButton, start, area }: PlanViewProps) {
  const { columns } = area;
  const { headline, notice, gaps, list, panel, ruled } = planParts(plan, area);
  const rows = planRows(plan.items);
  const pointed = plan.items[at];
  const row = rows.findIndex((each) => each.kind === "item" && each.item === pointed);
  const first = windowStart(Math.max(0, row), list, rows.length);
  const beside = columns >= wide;
  const width = listColumns(columns);
  const titles = titleColumns(plan.items, width);
  const details = pointed === undefined ? [] : panelRows(pointed, panelColumns(columns), panel);
  const listView = (
    <Box flexDirection="column" width={width} flexShrink={0}>
      {rows
        .slice(first, first + list)
        .map((each) =>
          each.kind === "heading" ? (
            <Line key="final" text={clip(`  ${each.text}`, width)} look="warn" />
          ) : (
            <PlanLine
              key={each.item.id}
              item={each.item}
              number={each.number}
              pointed={each.item === pointed && !onButton}
              titles={titles}
              digits={String(plan.items.length).length}
              columns={width}
            />
          ),
        )}
    </Box>
  );
  const panelView = (
    <ScrollArea
      content={details}
      start={start}
      rows={panel}
      columns={panelColumns(columns)}
      keys="PgDn"
    />
  );
  const button = (
    <>
      {gaps > 1 ? <Line text="" /> : null}
      <Line
        text={clip(`${onButton ? signs.current : " "} [ ${plan.button} ]`, width)}
        look={onButton ? "chosen" : "plain"}
        aside={onButton ? "  Enter" : "  Tab"}
      />
    </>
  );
  return (
    <>
      <Lines lines={headline} look="strong" />
      <MarkedLines lines={notice} mark={{ sign: signs.warning, look: "warn" }} />
      {gaps > 0 ? <Line text="" /> : null}
      {beside ? (
        <Box height={panel}>
          <Box flexDirection="column" width={width} flexShrink={0}>
            {listView}
            {button}
          </Box>
          <Box flexDirection="column" marginLeft={betweenColumns} width={panelColumns(columns)}>
            {panelView}
          </Box>
        </Box>
      ) : (
        <>
          {listView}
          {gaps > 2 ? <Line text="" /> : null}
          {ruled && pointed !== undefined ? (
            <Line text={ruleOf(pointed, at + 1, columns)} look="dim" />
          ) : null}
          <Box flexDirection="column" height={panel} flexShrink={0}>
            {panelView}
          </Box>
          {button}
        </>
      )}
    </>
  );
}

/** In fewer rows the panel shows a sentence: a window over all there is to say would hold one row of it. */
const leastToScroll = 3;

/** What the panel says of an item: in a row or two only what it is about, in whole, or else what it is. */
function panelRows(item: PlanItem, columns: number, rows: number): readonly Row[] {
  if (rows < leastToScroll) {
    const [first = ""] = item.says.split("; ");
    const whole = [item.says, first, item.title]
      .filter((sentence) => sentence !== "")
      .map((sentence) => rowsOf([sentence], columns))
      .find(({ length }) => length <= rows);
    const said = whole ?? rowsOf([item.title], columns, rows);
    return said.map((text): Row => ({ text, look: "dim" }));
  }
  const settings = fieldRows(settingFields(item), columns);
  const details = planItemRows(item, columns);
  const apart = settings.length > 0 && details.length > 0;
  return [...settings, ...(apart ? [{ text: "", look: "plain" } as const] : []), ...details];
}

function ruleOf({ title }: PlanItem, number: number, columns: number): string {
  const start = `─ ${number}  ${printable(title)} `;
  return clip(`${start}${"─".repeat(Math.max(0, columns - widthOf(start)))}`, columns);
}
