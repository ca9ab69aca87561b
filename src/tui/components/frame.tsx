import { Box } from "ink";
import { layoutOf, type Size, smallest } from "../layout.ts";
import type { Screen } from "../screen.ts";
import { widthOf } from "../text-width.ts";
import { Footer } from "./footer.tsx";
import { Header, type HeaderContent } from "./header.tsx";
import { Line } from "./lines.tsx";

/** What stands around every screen of one program. */
export interface FrameContent {
  readonly header: HeaderContent;
}

interface FrameProps extends FrameContent {
  readonly size: Size;
  readonly screen: Screen;
  /** What is said in the place of the keys. */
  readonly note?: string | undefined;
}

/** The part of the terminal that changes: header, the screen, the keys. Never higher than `rows - 1`. */
export function Frame({ size, header, screen, note }: FrameProps) {
  const layout = layoutOf(size);
  if (layout === undefined) return <TooSmall size={size} />;
  const { columns } = size;
  const { body, margin, airy } = layout;
  const gap = airy ? <Line text="" /> : null;
  return (
    <Box flexDirection="column" width={columns}>
      <Header content={header} columns={columns} />
      {gap}
      <Box flexDirection="column" marginLeft={margin} width={body.columns}>
        {screen.view(body)}
      </Box>
      {gap}
      <Box marginLeft={margin}>
        <Footer keys={screen.keys} note={note} columns={body.columns} />
      </Box>
    </Box>
  );
}

/** One row: what it takes stands in it also where the whole sentence has no room. */
function TooSmall({ size }: { readonly size: Size }) {
  const needed = `${smallest.columns} x ${smallest.rows}`;
  const wish = `Please enlarge this terminal to ${needed}: it has ${size.columns} x ${size.rows}.`;
  return <Line text={widthOf(wish) <= size.columns ? wish : `Enlarge to ${needed}.`} />;
}
