import type { Key, KeyName } from "./key.ts";

/** One thing that keys do on a screen. */
export interface KeyEntry {
  /** What the screen's handler switches on. */
  readonly action: string;
  readonly keys: readonly KeyName[];
  /** The keys as the help page writes them. */
  readonly shown: string;
  readonly does: string;
  /** How the footer says it; without this it is on the help page only. */
  readonly hint?: string;
  /** How a narrow footer says it. */
  readonly brief?: string;
  /** How long it stays in a footer that has no room for all: the higher, the longer. */
  readonly use?: number;
  /** Characters that do it too, where they are not text. */
  readonly characters?: readonly string[];
}

function row<const A extends string>(
  action: A,
  keys: readonly KeyName[],
  shown: string,
  does: string,
  more: Pick<KeyEntry, "hint" | "brief" | "use" | "characters"> = {},
): KeyEntry & { readonly action: A } {
  return { action, keys, shown, does, ...more };
}

const scrolling = [
  row("up", ["up", "ctrl-p"], "↑", "a line up"),
  row("down", ["down", "ctrl-n"], "↓", "a line down"),
  row("page-up", ["page-up"], "PgUp", "a page up"),
  row("page-down", ["page-down"], "PgDn", "a page down"),
  row("first", ["home"], "Home", "to the first line"),
  row("last", ["end"], "End", "to the last line"),
] as const;

const paging = [
  row("page-up", ["page-up"], "PgUp", "a page up"),
  row("page-down", ["page-down"], "PgDn", "a page down"),
  row("first", ["home"], "Home", "to the first entry"),
  row("last", ["end"], "End", "to the last entry"),
] as const;

const editing = [
  row("left", ["left", "ctrl-b"], "←", "to the left"),
  row("right", ["right", "ctrl-f"], "→", "to the right"),
  row("first", ["home", "ctrl-a"], "Home", "to the beginning"),
  row("last", ["end", "ctrl-e"], "End", "to the end"),
  row("erase", ["backspace"], "Backspace", "erase to the left"),
  row("erase-right", ["delete", "ctrl-d"], "Del", "erase to the right"),
  row("erase-word", ["ctrl-w"], "Ctrl-W", "erase the word to the left"),
  row("clear", ["ctrl-u"], "Ctrl-U", "erase all to the left"),
  row("clear-right", ["ctrl-k"], "Ctrl-K", "erase all to the right"),
] as const;

const back = row("back", ["escape", "shift-tab"], "Esc", "back to the question before", {
  hint: "Esc back",
});

const helpKeys = { hint: "? help", characters: ["?"] } as const;
const help = row("help", ["f1", "ctrl-g"], "?", "this page", helpKeys);

/** In a field `?` is text as soon as there is any, so other keys are named too. */
const helpInField = row(
  "help",
  ["f1", "ctrl-g"],
  "? F1 Ctrl-G",
  "this page (? in an empty field)",
  helpKeys,
);

/**
 * Which keys do what on which screen. The handlers, the footer and the help page all read this table, so
 * that none of them can tell something else. Entries stand in the order of their importance.
 */
export const keyTable = {
  choice: [
    row("answer", ["enter"], "Enter", "choose", { hint: "Enter choose" }),
    row("up", ["up", "ctrl-p"], "↑", "move up", { hint: "↑↓ move" }),
    row("down", ["down", "ctrl-n"], "↓", "move down"),
    back,
    help,
    row("type", [], "letters", "filter the list", { hint: "type to filter" }),
    ...paging,
    row("erase", ["backspace"], "Backspace", "shorten the filter"),
    row("erase-word", ["ctrl-w"], "Ctrl-W", "take a word off the filter"),
    row("clear", ["ctrl-u"], "Ctrl-U", "empty the filter (Esc does it too)"),
  ],
  several: [
    row("mark", [], "Space", "mark, or take the mark away", {
      hint: "Space mark",
      characters: [" "],
    }),
    row("answer", ["enter"], "Enter", "choose what is marked", { hint: "Enter choose" }),
    row("up", ["up", "ctrl-p"], "↑ k", "move up", { hint: "↑↓ move", characters: ["k"] }),
    row("down", ["down", "ctrl-n"], "↓ j", "move down", { characters: ["j"] }),
    back,
    help,
  ],
  text: [
    row("answer", ["enter"], "Enter", "accept", { hint: "Enter accept" }),
    back,
    helpInField,
    row("suggest", ["tab"], "Tab", "the next suggestion, where there are some"),
    row("up", ["up", "ctrl-p", "page-up"], "↑ PgUp", "scroll the preview up"),
    row("down", ["down", "ctrl-n", "page-down"], "↓ PgDn", "scroll the preview", {
      hint: "PgDn scroll",
    }),
    ...editing,
  ],
  secret: [
    row("answer", ["enter"], "Enter", "hand it over", { hint: "Enter hand over" }),
    back,
    helpInField,
    row("open", ["ctrl-o"], "Ctrl-O", "open the page in the browser, where one is named", {
      hint: "Ctrl-O open the page",
    }),
    row(
      "elsewhere",
      ["ctrl-t"],
      "Ctrl-T",
      "take it from where it is already, where that is offered",
      {
        hint: "Ctrl-T take it over",
      },
    ),
    row("up", ["up"], "↑", "a line of the steps up, where they don't all have room"),
    row("down", ["down"], "↓", "a line of the steps down"),
    row("clear", ["ctrl-u"], "Ctrl-U", "start again", { hint: "Ctrl-U start again" }),
    row("erase", ["backspace"], "Backspace", "erase the last character"),
  ],
  agreement: [
    row("agree", [], "y", "agree", { hint: "y agree", characters: ["y", "Y"] }),
    row("decline", [], "n", "decline", { hint: "n decline", characters: ["n", "N"] }),
    back,
    help,
    ...scrolling,
  ],
  /** What a fix of the audit changes: opened and closed by Enter, agreed to by a key that opens nothing. */
  fix: [
    row("agree", [], "y", "agree", { hint: "y agree", characters: ["y", "Y"] }),
    row(
      "back",
      ["escape", "shift-tab", "enter"],
      "Esc n",
      "back to the findings, nothing is changed",
      {
        hint: "Enter or Esc back",
        brief: "Esc back",
        characters: ["n", "N"],
      },
    ),
    help,
    ...scrolling,
  ],
  plan: [
    row("up", ["up", "ctrl-p"], "↑ k", "item before", {
      hint: "↑↓ look",
      brief: "↑↓",
      characters: ["k"],
    }),
    row("down", ["down", "ctrl-n"], "↓ j", "next item", { characters: ["j"] }),
    row("mark", [], "Space", "in or out of the plan", {
      hint: "Space in or out",
      brief: "Space in/out",
      use: 1,
      characters: [" "],
    }),
    row("enter", ["enter"], "Enter", "look at the item, and change it; on the button: apply", {
      hint: "Enter change",
      brief: "Enter open",
      use: 2,
    }),
    row("focus", ["tab", "shift-tab"], "Tab", "to the button, and back to the list", {
      hint: "Tab to apply",
      brief: "Tab apply",
      use: 3,
    }),
    row("back", ["escape"], "Esc", "back to the question before", { hint: "Esc back" }),
    help,
    row("look-again", ["ctrl-r"], "r", "look at everything anew", { characters: ["r"] }),
    row("page-up", ["page-up"], "PgUp", "the details further up"),
    row("page-down", ["page-down"], "PgDn", "the details further down"),
    row("first", ["home"], "Home", "to the first item"),
    row("last", ["end"], "End", "to the last item"),
  ],
  item: [
    row("enter", ["enter"], "Enter", "change what is pointed at", {
      hint: "Enter change",
      use: 1,
    }),
    row("up", ["up", "ctrl-p"], "↑ k", "up", { hint: "↑↓ look", brief: "↑↓", characters: ["k"] }),
    row("down", ["down", "ctrl-n"], "↓ j", "down", { characters: ["j"] }),
    row("mark", [], "Space", "in or out of the plan", {
      hint: "Space in or out",
      brief: "Space in/out",
      characters: [" "],
    }),
    row("back", ["escape", "shift-tab"], "Esc", "back to the plan", { hint: "Esc back", use: 2 }),
    help,
    row("page-up", ["page-up"], "PgUp", "a page up"),
    row("page-down", ["page-down"], "PgDn", "a page down"),
  ],
  waiting: [],
  failure: [
    row("again", ["enter"], "Enter r", "try again", { hint: "Enter try again", characters: ["r"] }),
    back,
    row("close", [], "q", "leave, with the way to go on later", {
      hint: "q leave",
      characters: ["q"],
    }),
    help,
    ...scrolling,
  ],
  page: [
    row("close", ["escape", "enter", "f1", "ctrl-g"], "Esc", "close this page", {
      hint: "Esc close",
      characters: ["?", "q"],
    }),
    ...scrolling,
  ],
  board: [
    row("open", ["enter"], "Enter", "what the fix changes, or what to do by hand", {
      hint: "Enter the diff",
      brief: "Enter diff",
      use: 2,
    }),
    row("fix", [], "f", "fix it: the same page, where y makes the change", {
      hint: "f fix",
      use: 2,
      characters: ["f"],
    }),
    row("fix-safe", [], "a", "plan all safe fixes", { hint: "a all safe", characters: ["a"] }),
    row("ignore", [], "i", "ignore it, with a reason", { hint: "i ignore", characters: ["i"] }),
    row("edit", [], "o", "open the file at the line in your editor, and read again", {
      hint: "o editor",
      characters: ["o"],
    }),
    row("undo", [], "u", "take back what was done last", {
      hint: "u undo",
      characters: ["u"],
    }),
    row("close", [], "q", "leave", { hint: "q leave", characters: ["q"] }),
    row("search", [], "/", "filter by words", { hint: "/ filter", characters: ["/"] }),
    row("explain", [], "e", "explain the rule", { hint: "e explain", characters: ["e"] }),
    row("manual", [], "m", "open the manual's page in the browser", { characters: ["m"] }),
    row("down", ["down", "ctrl-n", "tab"], "↓ j n", "next finding", { characters: ["j", "n"] }),
    row("up", ["up", "ctrl-p", "shift-tab"], "↑ k p", "finding before", {
      characters: ["k", "p"],
    }),
    row("back", ["escape"], "Esc", "show all findings again"),
    row("severity", [], "v", "errors only, errors and warnings, all", { characters: ["v"] }),
    row("rule", [], "=", "only findings of this rule, or all", { characters: ["="] }),
    row("ignored", [], "h", "show what is ignored, or hide it", { characters: ["h"] }),
    row("scroll", [], "Space", "the details further down", { characters: [" "] }),
    row("scroll-back", [], "b", "the details further up", { characters: ["b"] }),
    row("reread", ["ctrl-r"], "r", "read files and API again", { characters: ["r"] }),
    help,
    ...paging,
  ],
  search: [
    row("answer", ["enter"], "Enter", "keep this filter", { hint: "Enter keep" }),
    row("back", ["escape"], "Esc", "show all findings", { hint: "Esc show all" }),
    helpInField,
    row("up", ["up", "ctrl-p"], "↑", "finding before", { hint: "↑↓ move" }),
    row("down", ["down", "ctrl-n"], "↓", "next finding"),
    ...editing,
  ],
  home: [
    row("answer", ["enter"], "Enter", "open", { hint: "Enter open" }),
    row("up", ["up"], "↑ k", "move up", { hint: "↑↓ move", characters: ["k"] }),
    row("down", ["down"], "↓ j", "move down", { characters: ["j"] }),
    row("number", [], "1 to 9", "open that one", {
      hint: "1 to 8 open that one",
      characters: ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    }),
    row("back", ["escape"], "Esc", "nothing: there is nothing to go back to"),
    row("close", [], "q", "leave", { hint: "q leave", characters: ["q"] }),
    help,
  ],
} as const satisfies Readonly<Record<string, readonly KeyEntry[]>>;

/** The key that works on every screen; it is heard below the screens. */
export const leave: KeyEntry = row(
  "leave",
  ["ctrl-c"],
  "Ctrl-C",
  "leave, with the terminal as it was",
  {
    hint: "Ctrl-C leave",
  },
);

/** The key that gives the shell back for a while, on every screen, where the system can stop programs. */
export const suspend: KeyEntry = row(
  "suspend",
  ["ctrl-z"],
  "Ctrl-Z",
  "back to the shell for a while; fg goes on here",
);

/**
 * What a key does by the entries of a screen; undefined when it does nothing there.
 * @param typing whether characters are text at the moment, so that they can't be keys
 */
export function actionOf<E extends KeyEntry>(
  entries: readonly E[],
  key: Key,
  typing = false,
): E["action"] | undefined {
  if (key.kind === "paste" || (key.kind === "character" && typing)) return undefined;
  return entries.find((entry) =>
    key.kind === "named" ? entry.keys.includes(key.name) : entry.characters?.includes(key.text),
  )?.action;
}

/** An entry that the footer doesn't offer: its keys still answer, and the help page has it. */
export function unofferedKeys<const A extends string>({
  action,
  keys,
  shown,
  does,
  characters = [],
}: KeyEntry & { readonly action: A }) {
  return { action, keys, shown, does, characters };
}
