import { Static, Text } from "ink";
import { type Look, looks } from "../theme.ts";

/** A line that stays in the scrollback. */
export interface TranscriptLine {
  readonly text: string;
  readonly look: Look;
}

/** What was answered so far, printed once above the frame and never drawn again. */
export function Transcript({ lines }: { readonly lines: readonly TranscriptLine[] }) {
  return (
    <Static items={[...lines]}>
      {({ text, look }, index) => (
        <Text key={String(index)} {...looks[look]}>
          {text}
        </Text>
      )}
    </Static>
  );
}
