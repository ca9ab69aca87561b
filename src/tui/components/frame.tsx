import { Box } from "ink";
import type { StepState } from "../../dialogue/dialogue.ts";
import { printable } from "../../printable.ts";
import { type Layout, layoutOf, type Size, smallest } from "../layout.ts";
import type { Screen } from "../screen.ts";
import { Footer } from "./footer.tsx";
import { Header, type HeaderContent, headerRows } from "./header.tsx";
import { Line } from "./lines.tsx";
import { StepsColumn, StepsLine } from "./steps.tsx";

/** What stands around every screen of one program. */
export interface Surroundings {
  readonly header: HeaderContent;
  readonly steps: readonly StepState[];
}

interface FrameProps extends Surroundings {
  readonly size: Size;
  readonly screen: Screen;
}

/** How a frame with these surroundings shares out a terminal; undefined when it is too small. */
export function frameLayout(size: Size, { header, steps }: Surroundings): Layout | undefined {
  return layoutOf(size, {
    headerRows: headerRows(header, size.columns),
    steps: steps.length > 0,
  });
}

/** The part of the terminal that changes: header, steps, the screen, the keys. Never higher than `rows - 1`. */
export function Frame({ size, header, steps, screen }: FrameProps) {
  const layout = frameLayout(size, { header, steps });
  if (layout === undefined) return <TooSmall size={size} />;
  const { columns } = size;
  const gap = layout.airy ? <Line text="" /> : null;
  return (
    <Box flexDirection="column" width={columns}>
      <Header content={header} columns={columns} rows={layout.header} />
      {layout.steps.kind === "line" ? <StepsLine steps={steps} columns={columns} /> : null}
      {gap}
      <Box>
        {layout.steps.kind === "side" ? (
          <StepsColumn steps={steps} columns={layout.steps.columns} rows={layout.body.rows} />
        ) : null}
        <Box flexDirection="column" width={layout.body.columns}>
          {screen.view(layout.body)}
        </Box>
      </Box>
      {gap}
      <Footer keys={screen.keys} columns={columns} />
    </Box>
  );
}

function TooSmall({ size }: { readonly size: Size }) {
  const wish = `Please enlarge this terminal to ${smallest.columns} x ${smallest.rows}: it has ${size.columns} x ${size.rows}.`;
  return <Line text={printable(wish)} />;
}
