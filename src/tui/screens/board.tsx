import type { Finding } from "../../audit/finding.ts";
import type { GuidedAudit } from "../../audit/guided/guided-audit.ts";
import { edit, type Field, fieldOf, typeInto } from "../components/field.ts";
import { actionOf, keyTable } from "../keys/table.ts";
import type { Size } from "../layout.ts";
import type { Screen } from "../screen.ts";
import {
  type BoardState,
  boardAfter,
  isFiltered,
  movedBy,
  withFilter,
  withText,
} from "./board-state.ts";
import { BoardView, boardRooms } from "./board-view.tsx";

/** What a person wants with the findings. */
export type BoardAction =
  | {
      readonly kind: "fix" | "ignore" | "edit" | "explain" | "manual";
      readonly finding: Finding;
    }
  | { readonly kind: "fix-safe" | "undo" | "search" | "reread" | "close" };

/** Where the board is; the screens of one sitting share it. */
export interface BoardPlace {
  state: BoardState;
  /** What was done last, said until the next key. */
  note?: string;
}

/** The findings as a list, and beside or below it all that is known of the one pointed at. */
export function boardScreen(
  audit: GuidedAudit,
  place: BoardPlace,
  done: (action: BoardAction) => void,
): Screen {
  place.state = boardAfter(place.state, audit.verdict());
  const { note } = place;
  delete place.note;
  return {
    ...(note === undefined ? {} : { note }),
    keys: keyTable.board,
    help: {
      title: "The findings of the audit",
      paragraphs: [
        "Each finding is a way in which the automation fails, or lets a secret out. A fix is shown before it is made: nothing changes without your agreement. u takes back what was done last; so does machinist undo, later.",
        "A safe fix changes nothing but what its finding says. The others need a look: they change what a script does. What can't be fixed from here opens in your editor with o, and is read again when you close it.",
      ],
    },
    typeAhead: true,
    press(key, area) {
      const action = actionOf(keyTable.board, key);
      const { state } = place;
      const finding = state.entries[state.at]?.finding;
      switch (action) {
        case undefined:
          return "unknown";
        case "help":
          return "help";
        case "back":
          if (!isFiltered(state)) return { note: "All findings are shown; q leaves." };
          place.state = withFilter(state, audit.verdict(), "everything");
          return undefined;
        case "open":
        case "fix":
        case "ignore":
        case "edit":
        case "explain":
        case "manual":
          if (finding === undefined) return { note: "There is no finding here; q leaves." };
          done({ kind: action === "open" ? "fix" : action, finding });
          return undefined;
        case "undo":
          if (audit.actions().length === 0) return { note: "Nothing was done here yet." };
          done({ kind: action });
          return undefined;
        case "fix-safe":
        case "search":
        case "reread":
        case "close":
          done({ kind: action });
          return undefined;
        case "severity":
        case "rule":
        case "ignored":
          place.state = withFilter(state, audit.verdict(), action);
          return undefined;
        default:
          place.state = moved(state, action, audit, area);
          return undefined;
      }
    },
    view: (area) => <BoardView audit={audit} state={place.state} area={area} />,
  };
}

/** The board while words are typed that narrow it. */
export function boardSearchScreen(audit: GuidedAudit, place: BoardPlace, done: () => void): Screen {
  let field: Field = fieldOf(place.state.filter.text);
  const search = (to: Field) => {
    field = to;
    if (to.text !== place.state.filter.text)
      place.state = withText(place.state, audit.verdict(), to.text);
  };
  return {
    keys: keyTable.search,
    help: {
      title: "Filter the findings",
      paragraphs: [
        "A finding is shown when every word that you type is somewhere in its rule, its message, its place, its severity or its certainty.",
      ],
    },
    typeAhead: true,
    press(key) {
      const action = actionOf(keyTable.search, key, field.text !== "");
      switch (action) {
        case undefined:
          search(typeInto(field, key));
          return key.kind === "named" ? "unknown" : undefined;
        case "help":
          return "help";
        case "answer":
          done();
          return undefined;
        case "back":
          search(fieldOf(""));
          done();
          return undefined;
        case "up":
        case "down":
          place.state = movedBy(place.state, action === "up" ? -1 : 1);
          return undefined;
        default:
          search(edit(field, action));
          return undefined;
      }
    },
    view: (area) => <BoardView audit={audit} state={place.state} area={area} search={field} />,
  };
}

type Move = "up" | "down" | "page-up" | "page-down" | "first" | "last" | "scroll" | "scroll-back";

function moved(state: BoardState, action: Move, audit: GuidedAudit, area: Size): BoardState {
  const { list, details, rows } = boardRooms(audit, state, area);
  const far = state.entries.length;
  switch (action) {
    case "scroll":
    case "scroll-back": {
      const page = Math.max(1, details - 2);
      const to = state.scroll + (action === "scroll" ? page : -page);
      return { ...state, scroll: Math.max(0, Math.min(to, rows - details + 1)) };
    }
    case "up":
      return movedBy(state, -1);
    case "down":
      return movedBy(state, 1);
    case "page-up":
      return movedBy(state, -list);
    case "page-down":
      return movedBy(state, list);
    case "first":
      return movedBy(state, -far);
    case "last":
      return movedBy(state, far);
  }
}
