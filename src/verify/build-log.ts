/** What the log of a deployment tells of the build of an app; undefined when the app isn't in it. */
export type BuildLog =
  | { readonly kind: "built"; readonly lines: readonly string[] }
  | { readonly kind: "reused" }
  | undefined;

/**
 * Reads the log of a deployment, as the platform writes it: "Building application 'app' (runtime type: …)", and in the
 * next line whether an earlier build is taken over.
 *
 * @param lines from first to last, without their line ends
 * @returns the lines from there on, which are those of the build first
 */
export function buildLog(lines: readonly string[], app: string): BuildLog {
  const start = lines.findIndex(
    (line) => /^\s*Building application/u.test(line) && line.includes(`'${app}'`),
  );
  if (start === -1) return undefined;
  if (lines[start + 1]?.includes("Reusing existing build")) return { kind: "reused" };
  return { kind: "built", lines: lines.slice(start) };
}
