import type { Question } from "../../dialogue/question.ts";
import type { Size } from "../layout.ts";
import type { Screen, ScreenPart, ScreenTools } from "../screen.ts";
import { agreementScreen } from "./agreement.tsx";
import type { QuestionOutcome } from "./asked.ts";
import { choiceScreen } from "./choice.tsx";
import { secretScreen } from "./secret.tsx";
import { severalScreen } from "./several.tsx";
import { textScreen } from "./text.tsx";

/**
 * The screen for a question, whichever kind it is.
 * @param problem why the last answer could not be taken
 * @param draft the text that was refused, to go on from
 * @param above what stands above it
 */
export function questionScreen(
  question: Question,
  problem: string | undefined,
  draft: string | undefined,
  done: (asked: QuestionOutcome) => void,
  tools: ScreenTools,
  above?: (area: Size) => ScreenPart,
): Screen {
  const screen = screenOf(question, problem, draft, done, tools);
  return above === undefined ? screen : below(screen, above);
}

/** A screen with something above it, where enough rows are left for the screen itself. */
function below(screen: Screen, above: (area: Size) => ScreenPart): Screen {
  const left = (area: Size): Size => ({ ...area, rows: area.rows - above(area).rows });
  return {
    ...screen,
    press: (key, area) => screen.press(key, left(area)),
    view: (area) => (
      <>
        {above(area).view}
        {screen.view(left(area))}
      </>
    ),
  };
}

function screenOf(
  question: Question,
  problem: string | undefined,
  draft: string | undefined,
  done: (asked: QuestionOutcome) => void,
  tools: ScreenTools,
): Screen {
  switch (question.kind) {
    case "choice":
      return choiceScreen(question, problem, done);
    case "several":
      return severalScreen(question, problem, done);
    case "text":
      return textScreen(question, problem, draft, done);
    case "secret":
      return secretScreen(question, problem, done, tools);
    case "agreement":
      return agreementScreen(question, problem, done);
  }
}
