import { renderToString } from "ink";
import { expect, test } from "vitest";
import type { Finding } from "../../src/audit/finding.ts";
import { byHand } from "../../src/audit/findings/fix.ts";
import type { Plan } from "../../src/dialogue/plan.ts";
import type { Question } from "../../src/dialogue/question.ts";
import { Frame } from "../../src/tui/components/frame.tsx";
import { rowsOf } from "../../src/tui/components/lines.tsx";
import type { Screen } from "../../src/tui/screen.ts";
import { questionScreen } from "../../src/tui/screens/asking.tsx";
import { boardScreen, boardSearchScreen } from "../../src/tui/screens/board.tsx";
import { movedBy, openBoard } from "../../src/tui/screens/board-state.ts";
import { helpScreen } from "../../src/tui/screens/help.tsx";
import { planScreen } from "../../src/tui/screens/plan.tsx";
import { waitingScreen } from "../../src/tui/screens/waiting.tsx";
import { widthOf } from "../../src/tui/text-width.ts";
import { oneOf } from "../amounts.ts";
import { fakeAudit } from "../audit/guided/fake-audit.ts";
import { cronQuestion, projectQuestion, scheduleQuestion, tokenQuestion } from "./script.ts";

const long = "日本 a sentence that is longer than any terminal that people use is wide, ".repeat(8);

const header = {
  title: "machinist setup",
  account: "somebody.with.a.long.name@subdomain.example.org",
  place: [long.slice(0, 60), "main"],
  vendor: { name: "Platform.sh", because: `from ${long}` },
};

/** The question with more to say than there is room. */
function wordy<Q extends Question>(question: Q): Q {
  return { ...question, title: long, facts: [long, long], help: [long] };
}

function screenOf(question: Question, problem?: string): Screen {
  const tools = {
    redraw: () => undefined,
    say: () => undefined,
    fail: () => undefined,
    ink: { stream: process.stdin, press: () => undefined },
  };
  return questionScreen(question, problem, undefined, () => undefined, tools);
}

const waiting = waitingScreen(long);
waiting.report(long);
waiting.report(long);

const finding: Finding = {
  rule: "cron-guard-missing",
  severity: "error",
  confidence: "high",
  message: long,
  why: long,
  location: { kind: "resource", resource: long },
  fix: byHand(long, { what: long }),
};

const audit = fakeAudit(
  Array.from({ length: 30 }, (_, index) => ({
    ...finding,
    location: {
      kind: "file" as const,
      file: `${long.slice(0, 50)}${index}.yaml`,
      ...{ line: 1, column: 1, endLine: 1, endColumn: 9 },
    },
  })),
  {
    source: () =>
      Array.from({ length: 9 }, (_, index) => ({
        number: index + 1,
        before: long,
        marked: index === 8 ? long : "",
        after: long,
        hit: index === 8,
        skipped: 0,
      })),
  },
);
const board = () => ({ state: movedBy(openBoard(audit.verdict()), 7) });

const listed = {
  step: "cron",
  says: long,
  facts: [long],
  help: [long],
  progress: "to do",
} as const;
const settings = ["a", "b"].map((step) => ({ step, title: "When", shown: long, because: long }));
const wordyPlan: Plan = {
  headline: long,
  button: long,
  notice: long,
  items: [
    ...Array.from({ length: 9 }, (_, index) => ({
      ...listed,
      ...{ id: `cron ${index}`, title: `Add ${long}`, kind: "change" as const, marked: true },
      ...{ final: index === 8, previews: cronQuestion.previews, settings },
    })),
    { ...listed, id: "yours", title: long, kind: "yours", previews: [], settings },
    { ...listed, id: "there", title: long, kind: "there", previews: [], settings: [] },
    { ...listed, id: "hand", title: long, kind: "by hand", previews: [], settings: [] },
  ],
};
const planAt = (open: boolean) =>
  planScreen(wordyPlan, { item: "cron 5", open }, false, () => undefined);

const screens: Readonly<Record<string, Screen>> = {
  choice: screenOf(projectQuestion),
  "wordy choice": screenOf(wordy(projectQuestion), long),
  text: screenOf(scheduleQuestion),
  "wordy text": screenOf({ ...wordy(scheduleQuestion), explain: () => [long, long] }, long),
  secret: screenOf(tokenQuestion),
  "wordy secret": screenOf({ ...wordy(tokenQuestion), address: long }, long),
  agreement: screenOf(cronQuestion),
  "wordy agreement": screenOf({ ...wordy(cronQuestion), agree: long, decline: long }, long),
  board: boardScreen(audit, board(), () => undefined),
  "search of the board": boardSearchScreen(audit, board(), () => undefined),
  waiting: waiting.screen,
  plan: planAt(false),
  "page of an item": planAt(true),
  help: helpScreen(screenOf(wordy(projectQuestion)), () => undefined),
};

test.each(Object.entries(screens))(
  "the frame of %s fits every terminal, with a row to spare",
  (name, screen) => {
    for (const columns of oneOf([20, 40, 60, 100], Object.keys(screens).indexOf(name))) {
      for (const rows of [5, 11, 12, 16, 18, 20, 40]) {
        const size = { columns, rows };
        const frame = renderToString(<Frame header={header} size={size} screen={screen} />, {
          columns,
        });
        const lines = frame.split("\n");
        expect(frame, `${columns} x ${rows}`).not.toContain("… …");
        for (const [, first, last] of frame.matchAll(/lines (\d+) to (\d+) of/gu))
          expect(Number(first), `${columns} x ${rows}`).toBeLessThanOrEqual(Number(last));
        expect(lines.length, `${columns} x ${rows}`).toBeLessThan(rows);
        for (const line of lines)
          expect(widthOf(line), `${columns} x ${rows}`).toBeLessThanOrEqual(columns);
      }
    }
  },
);

test.each(Object.entries(screens))(
  "in the smallest terminal the answer of %s can be seen",
  (name, screen) => {
    const size = { columns: 40, rows: 12 };
    const frame = renderToString(<Frame header={header} size={size} screen={screen} />, {
      columns: 40,
    });
    const sign = {
      choice: "❯ Shop 2",
      text: "❯ 0 5",
      secret: "❯ paste",
      agreement: "  y  ",
      board: "❯ ✖ 日本",
      waiting: "terminal that",
      help: "lines 1",
      plan: "❯ [x]  6  Add",
      item: "❯ When",
    };
    const kind = Object.entries(sign).find(([word]) => name.endsWith(word));
    expect(frame).toContain(kind?.[1]);
  },
);

const frameOf = (screen: Screen, columns: number, rows: number) =>
  renderToString(<Frame header={header} size={{ columns, rows }} screen={screen} />, { columns });

test.each([
  [60, 16],
  [40, 12],
])("all steps of the token's page can be read while it is waited, at %i x %i", (columns, rows) => {
  const steps = [
    "1. Open the invitation sent to operator+shop-backup-and-deploy@example.org, in a private window, and make the account.",
    "2. As that account: its name, My profile, API tokens, Create API token.",
    "3. Copy the token (it is shown once) and paste it here.",
    "You may leave meanwhile: machinist setup goes on here.",
  ];
  const screen = screenOf({
    ...tokenQuestion,
    facts: steps,
    watch: async (show) => show("the invitation isn't accepted yet"),
  });
  const size = { columns: columns - (columns < 60 ? 0 : 4), rows: rows - (rows < 15 ? 3 : 5) };
  const seen = new Set<string>();
  for (let press = 0; press < 12; press += 1) {
    const frame = frameOf(screen, columns, rows);
    expect(frame).toContain("❯ paste it here");
    for (const row of frame.split("\n")) seen.add(row.trim());
    screen.press({ kind: "named", name: "down" }, size);
  }
  for (const row of rowsOf(steps, size.columns)) expect(seen).toContain(row.trim());
});

const longAddress = "operator+shop-backup-and-deploy@example.org";
const shortPlan = (count: number): Plan => ({
  headline: "The plan. Nothing is done yet.",
  button: "Apply 4 changes",
  items: Array.from({ length: count }, (_, index) => ({
    ...{ id: `${index}`, step: "machine-user", kind: "change", marked: true, final: false },
    ...{ title: "Invite the machine user", says: longAddress, facts: ["It is asked once."] },
    ...{ help: [], previews: [], progress: "to do" },
    settings: [
      { step: "email", title: "Address", shown: longAddress, because: "from your address" },
      { step: "environment", title: "Environment", shown: "main", because: "it is production" },
    ],
  })),
});

test.each([4, 5, 6, 7, 8])(
  "at 60 x 16 the panel of a plan of %i items says something whole, and no blank row stands before that",
  (count) => {
    const screen = planScreen(shortPlan(count), { open: false }, true, () => undefined);
    const rows = frameOf(screen, 60, 16).split("\n");
    const body = rows.slice(rows.findIndex((row) => row.includes("The plan.")));
    const list = body.filter((row) => /\[x\]/u.test(row));
    const panel = body.slice(
      1 + list.length,
      body.findIndex((row) => row.includes("[ Apply")),
    );
    expect(list).toHaveLength(count);
    expect(panel.join("\n")).toContain(longAddress);
    expect(panel.join("\n")).not.toMatch(/lines 1 to 1 of/u);
    expect(panel.slice(0, -1).map((row) => row.trim())).not.toContain("");
  },
);

test("a list of which not all is to be seen says where the pointer is", () => {
  const choices = Array.from({ length: 9 }, (_, at) => ({
    ...{ value: `${at}`, label: `Task ${at}`, detail: "every day at 05:00 UTC" },
  }));
  const { preset: _, ...asked } = projectQuestion;
  const screen = screenOf({ ...asked, kind: "several", choices });
  screen.press({ kind: "named", name: "down" }, { columns: 40, rows: 8 });
  expect(frameOf(screen, 40, 12)).toContain("2 of 9   Task 1");
  expect(frameOf(screen, 80, 24)).not.toContain("2 of 9");
});

test("on an item's page the reasons stand in a column, and the setting that was pointed at still is", () => {
  const [item] = shortPlan(1).items;
  if (item === undefined) throw new Error("the plan has an item");
  const settings = [
    { step: "email", title: "Address", shown: longAddress, because: "your address and the task" },
    { step: "environment", title: "Environment", shown: "main", because: "it is production" },
    { step: "guard", title: "Guard", shown: "by branch", because: "the usual choice" },
  ];
  const place = { item: item.id, open: true, setting: "guard" };
  const plan = { ...shortPlan(1), items: [{ ...item, settings }] };
  const frame = frameOf(
    planScreen(plan, place, true, () => undefined),
    80,
    24,
  );
  expect(frame).toContain("    Environment   main        it is production");
  expect(frame).toContain("  ❯ Guard         by branch   the usual choice");
});

test.each([true, false])(
  "an item's page has no two blank rows together (settings: %s)",
  (withSettings) => {
    const [item] = shortPlan(1).items;
    if (item === undefined) throw new Error("the plan has an item");
    const plan = {
      ...shortPlan(1),
      items: [withSettings ? item : { ...item, settings: [] }],
    };
    const screen = planScreen(plan, { item: item.id, open: true }, true, () => undefined);
    expect(frameOf(screen, 80, 24)).not.toMatch(/\n *\n *\n/u);
  },
);

test("in one row the panel of a plan says the first of what its item says, where all has no room", () => {
  const [item] = shortPlan(1).items;
  if (item === undefined) throw new Error("the plan has an item");
  const says = "every day at 05:00 UTC; .platform.app.yaml +8 lines";
  const items = Array.from({ length: 6 }, (_, at) => ({ ...item, id: `${at}`, says }));
  const plan = { ...shortPlan(6), items };
  const screen = planScreen(plan, { open: false }, true, () => undefined);
  expect(frameOf(screen, 40, 12)).toContain("\nevery day at 05:00 UTC");
});

test("a terminal that is too small gets one line that says what is missing", () => {
  const size = { columns: 60, rows: 11 };
  const screen = screenOf(projectQuestion);
  const frame = renderToString(<Frame header={header} size={size} screen={screen} />, {
    columns: 60,
  });
  expect(frame).toBe("Please enlarge this terminal to 40 x 12: it has 60 x 11.");
  const narrow = { columns: 30, rows: 12 };
  expect(
    renderToString(<Frame header={header} size={narrow} screen={screen} />, { columns: 30 }),
  ).toBe("Enlarge to 40 x 12.");
});
