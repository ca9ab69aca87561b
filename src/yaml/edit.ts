/** Replaces `length` UTF-16 units at `offset` by `text`, as jsonc-parser's edits do. */
export interface Edit {
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/**
 * The text with the edits made; all else in it stays as it is.
 *
 * @param edits against `text`, ordered by offset and apart. Throws a RangeError when they are not, or
 *   reach beyond the text, because the result would not be what was shown.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let at = 0;
  for (const { offset, length, text: inserted } of edits) {
    if (offset < at || length < 0 || offset + length > text.length)
      throw new RangeError("edits must be ordered, apart and within the text");
    result += text.slice(at, offset) + inserted;
    at = offset + length;
  }
  return result + text.slice(at);
}

/**
 * The edits that take the edits back: against the text after them, as ordered and as far apart.
 *
 * @param text the text before the edits
 * @param edits as for `applyEdits`
 */
export function inverseEdits(text: string, edits: readonly Edit[]): readonly Edit[] {
  let shift = 0;
  return edits.map(({ offset, length, text: inserted }) => {
    const inverse = {
      offset: offset + shift,
      length: inserted.length,
      text: text.slice(offset, offset + length),
    };
    shift += inserted.length - length;
    return inverse;
  });
}
