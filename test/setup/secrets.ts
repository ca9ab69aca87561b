import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";

/** So many characters of a secret, one after the other, count as the secret. */
const telling = 10;

/**
 * Holds that no secret is to be seen in what was said, nor in any file below the folder, in whole or in a part; line ends,
 * frames and escape codes may stand in the middle of it.
 *
 * @param said everything that was printed, and every screen
 */
export async function holdNoSecret(
  folder: string,
  secrets: readonly string[],
  said: readonly string[],
): Promise<void> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const written = await Promise.all(
    files
      .filter((file) => file.isFile())
      .map(async ({ parentPath, name }) => {
        const path = join(parentPath, name);
        return { where: path, text: `${path}\n${await readFile(path, "latin1")}` };
      }),
  );
  const printed = said.map((text) => ({ where: "what was printed", text }));
  const found = [...printed, ...written].flatMap(({ where, text }) => {
    const forms = [text, wordsOf(text)];
    return secrets.flatMap((secret) =>
      partsOf(secret).some((part) => forms.some((form) => form.includes(part)))
        ? [`${where} has the secret ${secret}`]
        : [],
    );
  });
  expect(found).toEqual([]);
}

/** A secret in every form that is easily read back, in pieces. */
function partsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  // What stands before it decides where its groups of three bytes begin.
  const inside = [0, 1, 2].map((before) => Buffer.concat([Buffer.alloc(before), bytes]));
  const forms = [
    secret,
    ...inside.flatMap((padded, before) =>
      (["base64", "base64url"] as const).map((form) =>
        padded.toString(form).slice(Math.ceil((before * 4) / 3), -4),
      ),
    ),
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
  ];
  return forms.flatMap((form) =>
    Array.from({ length: Math.max(1, form.length - telling + 1) }, (_, from) =>
      form.slice(from, from + telling),
    ),
  );
}

/** A text without all that can part a secret which is drawn over several lines. */
function wordsOf(text: string): string {
  const plain = text
    .split("\u001b[")
    .map((part) => part.replace(/^[\d;?]*[a-zA-Z]/u, ""))
    .join("");
  return plain.replace(/[^\w-]/gu, "");
}
