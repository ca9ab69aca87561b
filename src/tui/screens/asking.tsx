import type { Question } from "../../dialogue/question.ts";
import type { Screen, ScreenTools } from "../screen.ts";
import { agreementScreen } from "./agreement.tsx";
import type { Asked } from "./asked.ts";
import { choiceScreen } from "./choice.tsx";
import { secretScreen } from "./secret.tsx";
import { severalScreen } from "./several.tsx";
import { textScreen } from "./text.tsx";

/**
 * The screen for a question, whichever kind it is.
 * @param problem why the last answer could not be taken
 * @param draft the text that was refused, to go on from
 */
export function questionScreen(
  question: Question,
  problem: string | undefined,
  draft: string | undefined,
  done: (asked: Asked) => void,
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
