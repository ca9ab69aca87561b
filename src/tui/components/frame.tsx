import { Box } from "ink";
import { printable } from "../../printable.ts";
import type { StepState } from "../../setup/setup.ts";
import { layoutOf, type Size, smallest } from "../layout.ts";
import type { Screen } from "../screen.ts";
import { Footer } from "./footer.tsx";
import { Header, type HeaderContent } from "./header.tsx";
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

/** The part of the terminal that changes: header, steps, the screen, the keys. Never higher than `rows - 1`. */
export function Frame({ size, header, steps, screen }: FrameProps) {
  const layout = layoutOf(size);
  if (layout === undefined) return <TooSmall size={size} />;
  const { columns } = size;
  const side = layout.steps.kind === "side" && steps.length > 0 ? layout.steps : undefined;
  const gap = layout.airy ? <Line text="" /> : null;
  return (
    <Box flexDirection="column" width={columns}>
      <Header content={header} columns={columns} rows={layout.header} />
      {side === undefined && steps.length > 0 ? (
        <StepsLine steps={steps} columns={columns} />
      ) : null}
      {gap}
      <Box>
        {side === undefined ? null : (
          <StepsColumn steps={steps} columns={side.columns} rows={layout.body.rows} />
        )}
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
