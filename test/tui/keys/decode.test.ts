import fc from "fast-check";
import { expect, test } from "vitest";
import { createDecoder } from "../../../src/tui/keys/decode.ts";
import type { Key } from "../../../src/tui/keys/key.ts";
import { ofTexts } from "../../amounts.ts";
import { anyText } from "../../any-text.ts";

/** Keys as short words: characters as they are, the others in angle brackets. */
function words(...chunks: readonly string[]): string[] {
  const decoder = createDecoder();
  return [...chunks.flatMap((chunk) => decoder.push(chunk)), ...decoder.flush()].map(word);
}

function word(key: Key): string {
  if (key.kind === "named") return `<${key.name}>`;
  return key.kind === "paste" ? `<paste ${key.text}>` : key.text;
}

test.each([
  ["several keys in one chunk", "\u001B[B\u001B[B\r", ["<down>", "<down>", "<enter>"]],
  [
    "CR, LF and CR LF are each one Enter",
    "a\rb\nc\r\nd",
    ["a", "<enter>", "b", "<enter>", "c", "<enter>", "d"],
  ],
  ["DEL and BS are Backspace", "\u007F\b", ["<backspace>", "<backspace>"]],
  ["Delete is not Backspace", "\u001B[3~", ["<delete>"]],
  [
    "keypad and console variants",
    "\u001BOA\u001B[1~\u001B[8~\u001B[[A",
    ["<up>", "<home>", "<end>", "<f1>"],
  ],
  ["held modifiers don't matter", "\u001B[1;5C\u001B[3;2~", ["<right>", "<delete>"]],
  ["Escape before another sequence", "\u001B\u001B[A", ["<escape>", "<up>"]],
  ["Escape before Enter", "\u001B\r", ["<escape>", "<enter>"]],
  ["Ctrl-C right behind Escape", "\u001B\u0003", ["<escape>", "<ctrl-c>"]],
  ["Ctrl-C in a string that was cut off", "\u001B]0;title\u0003", ["<ctrl-c>"]],
  ["Alt and a letter is no key and no text", "\u001Bbx", ["x"]],
  ["focus reports are dropped", "a\u001B[I\u001B[Ob", ["a", "b"]],
  ["mouse reports are dropped", "a\u001B[<0;1;1Mb\u001B[M !!c", ["a", "b", "c"]],
  [
    "answers of the terminal are dropped",
    "a\u001B]11;rgb:0/0/0\u001B\\b\u001BP1$r\u001B\\c\u001B[?62;4c",
    ["a", "b", "c"],
  ],
  [
    "a paste is one key, line ends and all",
    "\u001B[200~one\r\ntwo\u001B[201~x",
    ["<paste one\r\ntwo>", "x"],
  ],
  ["characters outside the BMP stay whole", "🙂é", ["🙂", "é"]],
  ["invisible characters are dropped", "a\u202Eb\u0085", ["a", "b"]],
] as const)("%s", (_, chunk, expected) => {
  expect(words(chunk)).toEqual(expected);
});

test("a sequence or a paste that is cut into chunks anywhere gives the same keys", () => {
  const input = "x\u001B[B\u001B[200~a\r\nb\u001B[201~\u001BOP\u001B]0;t\u0007y\u001B[1;5D";
  for (let at = 1; at < input.length; at++) {
    expect(words(input.slice(0, at), input.slice(at))).toEqual(words(input));
  }
});

test("a lone ESC is Escape only when nothing follows", () => {
  const decoder = createDecoder();
  expect(decoder.push("\u001B")).toEqual([]);
  expect(decoder.waitsFor()).toBe("sequence");
  expect(decoder.flush()).toEqual([{ kind: "named", name: "escape" }]);
  expect(decoder.waitsFor()).toBe("nothing");
});

test("a paste that never ends is handed over when nothing follows", () => {
  expect(words("\u001B[200~abc")).toEqual(["<paste abc>"]);
});

test("no bytes make the decoder throw, or give text with control characters", () => {
  const pieces = fc.constantFrom(
    "\u001B",
    "[",
    "O",
    "]",
    "M",
    "200~",
    "201~",
    ";",
    "1",
    "?",
    "\u0007",
    "\u009B",
    "a",
    "é",
  );
  const input = fc.array(fc.oneof(pieces, anyText()), { maxLength: 30 });
  fc.assert(
    fc.property(
      fc.array(
        input.map((parts) => parts.join("")),
        { maxLength: 5 },
      ),
      (chunks) => {
        const decoder = createDecoder();
        const keys = [...chunks.flatMap((chunk) => decoder.push(chunk)), ...decoder.flush()];
        for (const key of keys)
          if (key.kind === "character") expect(key.text).not.toMatch(/\p{Cc}/u);
      },
    ),
    ofTexts,
  );
});
