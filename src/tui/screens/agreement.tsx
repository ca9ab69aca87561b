import type { AgreementQuestion } from "../../dialogue/question.ts";
import { printable } from "../../printable.ts";
import { Line } from "../components/lines.tsx";
import { previewRows, startAtChange } from "../components/previews.ts";
import { ScrollArea, windowRows } from "../components/scroll-area.tsx";
import { actionOf, keyTable } from "../keys/table.ts";
import type { Size } from "../layout.ts";
import type { Screen } from "../screen.ts";
import { clip } from "../text-width.ts";
import type { QuestionOutcome } from "./asked.ts";
import { headingOf, headingRows, helpOf, QuestionHeading } from "./question.tsx";
import { scrollStart } from "./scroll.ts";

/** A key of such a page. */
export type AgreementKey = (typeof keyTable.agreement | typeof keyTable.fix)[number];

/**
 * The changes, and whether they may be made. Keys that were pressed before they could be seen are no answer.
 *
 * @param keys those of a page that is opened to look, where it is one
 */
export function agreementScreen(
  question: AgreementQuestion,
  problem: string | undefined,
  done: (asked: QuestionOutcome) => void,
  keys: readonly AgreementKey[] = keyTable.agreement,
): Screen {
  /** Undefined until a key moves it. */
  let start: number | undefined;
  const answer = (agreed: boolean) => done({ kind: "reply", reply: { kind: "agreement", agreed } });
  const words: Readonly<Record<string, string>> = {
    agree: printable(question.agree),
    decline: printable(question.decline),
  };
  return {
    keys: keys.map((entry) => {
      const does = words[entry.action];
      return does === undefined ? entry : { ...entry, does, hint: `${entry.shown} ${does}` };
    }),
    help: helpOf(question),
    typeAhead: false,
    press(key, area) {
      const action = actionOf(keys, key);
      switch (action) {
        case undefined:
          return "unknown";
        case "agree":
        case "decline":
          answer(action === "agree");
          return undefined;
        case "back":
          done({ kind: "back" });
          return undefined;
        case "help":
          return "help";
        default: {
          const { content, rows } = partsOf(question, problem, area);
          const from = start ?? startAtChange(content, rows);
          start = scrollStart(from, action, windowRows(content.length, rows), content.length);
          return undefined;
        }
      }
    },
    view: (area) => (
      <AgreementView question={question} problem={problem} start={start} area={area} />
    ),
  };
}

function partsOf(question: AgreementQuestion, problem: string | undefined, area: Size) {
  const content = previewRows(question.previews, area.columns);
  const heading = headingOf(question, problem, area, { least: 6, wanted: content.length + 4 });
  return {
    heading,
    content,
    rows: area.rows - headingRows(heading) - (heading.airy ? 3 : 2),
  };
}

interface AgreementViewProps {
  readonly question: AgreementQuestion;
  readonly problem: string | undefined;
  readonly start: number | undefined;
  readonly area: Size;
}

function AgreementView({ question, problem, start, area }: AgreementViewProps) {
  const { heading, content, rows } = partsOf(question, problem, area);
  const { problem: refused, facts, title, airy } = heading;
  return (
    <>
      <QuestionHeading problem={refused} facts={facts} title={[]} airy={airy} />
      <ScrollArea
        content={content}
        start={start ?? startAtChange(content, rows)}
        rows={rows}
        columns={area.columns}
      />
      {airy ? <Line text="" /> : null}
      <QuestionHeading problem={[]} facts={[]} title={title} airy={airy} />
      <Line text={clip(`  y  ${printable(question.agree)}`, area.columns)} look="chosen" />
      <Line text={clip(`  n  ${printable(question.decline)}`, area.columns)} />
    </>
  );
}
