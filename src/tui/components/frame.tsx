import { Box } from "ink";
import { printable } from "../../printable.ts";
import { type Layout, layoutOf, type Size, smallest } from "../layout.ts";
import type { Screen } from "../screen.ts";
import { Footer } from "./footer.tsx";
import { Header, type HeaderContent, headerRows } from "./header.tsx";
import { Line } from "./lines.tsx";

/** What stands around every screen of one program. */
export interface Surroundings {
  readonly header: HeaderContent;
}

interface FrameProps extends Surroundings {
  readonly size: Size;
  readonly screen: Screen;
  /** What is said in the place of the keys. */
  readonly note?: string | undefined;
}

/** How a frame with these surroundings shares out a terminal; undefined when it is too small. */
export function frameLayout(size: Size, { header }: Surroundings): Layout | undefined {
  return layoutOf(size, {
    headerRows: headerRows(header, size.columns),
  });
}

/** The part of the terminal that changes: header, the screen, the keys. Never higher than `rows - 1`. */
export function Frame({ size, header, screen, note }: FrameProps) {
  const layout = frameLayout(size, { header });
  if (layout === undefined) return <TooSmall size={size} />;
  const { columns } = size;
  const gap = layout.airy ? <Line text="" /> : null;
  return (
    <Box flexDirection="column" width={columns}>
      <Header content={header} columns={columns} rows={layout.header} />
      {gap}
      <Box flexDirection="column" width={layout.body.columns}>
        {screen.view(layout.body)}
      </Box>
      {gap}
      <Footer keys={screen.keys} note={note} columns={columns} />
    </Box>
  );
}

function TooSmall({ size }: { readonly size: Size }) {
  const wish = `Please enlarge this terminal to ${smallest.columns} x ${smallest.rows}: it has ${size.columns} x ${size.rows}.`;
  return <Line text={printable(wish)} />;
}
