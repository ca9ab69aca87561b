import { createHash, randomBytes, randomInt } from "node:crypto";

const lowerAlphanumerics = "0123456789abcdefghijklmnopqrstuvwxyz";
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Thirteen lower-case letters and digits, as the ids of projects, activities and backups are. */
export function shortId(): string {
  return drawn(lowerAlphanumerics, 13);
}

/** A ULID-shaped id (26 letters and digits of Crockford's base 32), as organizations and teams have. */
export function ulid(): string {
  return `01H${drawn(crockford, 23)}`;
}

/** The secret of an API token: 32 random bytes, without a character that needs encoding. */
export function tokenSecret(): string {
  return randomBytes(32).toString("base64url");
}

/**
 * A moment as the API writes it: RFC 3339 with microseconds and a numeric offset.
 *
 * @param ms milliseconds since 1970, UTC
 */
export function stamp(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "000+00:00");
}

/** A slug and seven letters and digits that follow from the id, as in host names: `main-bvxea6i`. */
export function machineName(id: string): string {
  const known = machineNames.get(id);
  if (known !== undefined) return known;
  const slug = id.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const hash = Number.parseInt(createHash("sha256").update(id).digest("hex").slice(0, 12), 16);
  const name = `${slug}-${hash.toString(36).slice(0, 7)}`;
  machineNames.set(id, name);
  return name;
}

const machineNames = new Map<string, string>();

function drawn(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
}
