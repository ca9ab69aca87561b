import { expect, test } from "vitest";
import type { Plan, PlanItem } from "../../src/dialogue/plan.ts";
import { footerText } from "../../src/tui/components/footer.tsx";
import { planScreen } from "../../src/tui/screens/plan.tsx";

const base = { says: "", facts: [], help: [], previews: [], progress: "to do" } as const;
const settings = [{ step: "email", title: "Address", shown: "bot@example.org", because: "given" }];
const items: readonly PlanItem[] = [
  {
    ...base,
    id: "a",
    step: "a",
    title: "Daily look",
    settings: [],
    kind: "change",
    marked: false,
    final: false,
  },
  { ...base, id: "b", step: "b", title: "Secret", settings: [], kind: "by hand" },
  {
    ...base,
    id: "c",
    step: "c",
    title: "Invite",
    settings,
    kind: "change",
    marked: true,
    final: false,
  },
];
const plan: Plan = { headline: "The plan.", items, button: "Apply 1 change" };
const area = { columns: 120, rows: 40 };
const enter = { kind: "named", name: "enter" } as const;

/** The footer of the list with an item pointed at, that of the item's page, and what Enter does there. */
function look(item: string, of: Plan = plan) {
  const decisions: unknown[] = [];
  const screen = planScreen(of, { item, open: false }, true, (decision) =>
    decisions.push(decision),
  );
  const list = footerText(screen.keys, 120);
  screen.press(enter, area);
  const page = footerText(screen.keys, 120);
  return { list, page, answer: screen.press(enter, area), decisions, help: screen.help };
}

test("an item without settings is opened and not changed, and its page offers no key for that", () => {
  const { list, page, answer, decisions } = look("a");
  expect(list).toContain("Enter open");
  expect(page).toMatch(/^↑↓ look · Space in or out · Esc back/u);
  expect(answer).toBe("unknown");
  expect(decisions).toEqual([]);
});

test("what is no change is not offered to be in or out", () => {
  const { list, page } = look("b");
  expect(list + page).not.toContain("Space");
});

test("an item with settings offers to change them, and the help names those that the plan has", () => {
  const { list, page, decisions, help } = look("c");
  expect(list).toContain("Enter change");
  expect(page).toContain("Enter change");
  expect(decisions).toEqual([{ kind: "change", step: "email" }]);
  expect(help?.paragraphs.join(" ")).toContain("address");
  const without = look("a", { ...plan, items: items.slice(0, 2) });
  expect(without.help?.paragraphs.join(" ")).not.toMatch(/address|schedule|branch/u);
});
