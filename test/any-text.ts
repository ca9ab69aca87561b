import fc from "fast-check";

/** Code points that stand for no character by themselves (The Unicode Standard, 3.8). */
const surrogates = { first: 0xd800, count: 0x800 } as const;
const characters = 0x11_0000 - surrogates.count;

/**
 * Any character of Unicode, each as likely as with fast-check's own `unit: "binary"`. That one takes a second of the
 * processor to list them all, so that it finds the number of one; here the number is counted.
 */
const anyCharacter = fc.nat({ max: characters - 1 }).map(characterAt, placeOf);

/** @param constraints how long the texts may be, as for `fc.string` */
export function anyText(constraints: fc.StringSharedConstraints = {}): fc.Arbitrary<string> {
  return fc.string({ ...constraints, unit: anyCharacter });
}

function characterAt(place: number): string {
  return String.fromCodePoint(place < surrogates.first ? place : place + surrogates.count);
}

/** The way back, by which fast-check puts texts of its own among the others. @throws an Error for all else */
function placeOf(text: unknown): number {
  const point = typeof text === "string" ? text.codePointAt(0) : undefined;
  const place = point === undefined || point < surrogates.first ? point : point - surrogates.count;
  if (place === undefined || characterAt(place) !== text) throw new Error("not one character");
  return place;
}
