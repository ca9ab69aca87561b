import { Box } from "ink";
import type { StepState } from "../../dialogue/dialogue.ts";
import { printable } from "../../printable.ts";
import { windowStart } from "../layout.ts";
import { clip } from "../text-width.ts";
import { type Look, signs } from "../theme.ts";
import { Line } from "./lines.tsx";

const lookOf = {
  done: "good",
  bad: "bad",
  leftOut: "warn",
  current: "chosen",
  later: "dim",
} as const satisfies Record<StepState["state"], Look>;

/** All steps with their states in one row: a sign for each, and the current one by its name. */
export function StepsLine({
  steps,
  columns,
}: {
  readonly steps: readonly StepState[];
  readonly columns: number;
}) {
  const current = steps.findIndex((step) => step.state === "current");
  const title = printable(steps[current]?.title ?? "");
  const where =
    current === -1 ? "all steps done" : `step ${current + 1} of ${steps.length}: ${title}`;
  const row = `${steps.map((step) => signs[step.state]).join("")} ${where}`;
  return <Line text={clip(row, columns)} look="accent" />;
}

interface StepsColumnProps {
  readonly steps: readonly StepState[];
  readonly columns: number;
  readonly rows: number;
}

/** The steps under each other, the part around the current one when they don't all fit. */
export function StepsColumn({ steps, columns, rows }: StepsColumnProps) {
  const current = Math.max(
    0,
    steps.findIndex((step) => step.state === "current"),
  );
  const start = windowStart(current, rows, steps.length);
  return (
    <Box flexDirection="column" flexShrink={0} width={columns}>
      {steps.slice(start, start + rows).map((step) => (
        <Line
          key={step.id}
          text={clip(`${signs[step.state]} ${printable(step.title)}`, columns - 2)}
          look={lookOf[step.state]}
        />
      ))}
    </Box>
  );
}
