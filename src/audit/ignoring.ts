import type { FileChange, FileCreation } from "../change/change.ts";
import { type ConfigurationFile, configuringIgnore } from "./configuration/write.ts";
import type { Finding } from "./finding.ts";
import type { AuditedFiles } from "./ignore/audited-files.ts";
import { ignoreChange, reasonIn } from "./ignore/write-comment.ts";
import { rules } from "./registry.ts";

/** Where it can be said that a finding may stay. */
interface IgnorePlaces {
  readonly audited: AuditedFiles;
  /** The text of a file that something was read from, by its path as people know it. */
  readonly textOf: (shown: string) => string | undefined;
  readonly configurationFile: ConfigurationFile;
  /** The project's id, where it is known. */
  readonly project?: string;
}

/**
 * The change that has a finding ignored: by a comment in its file, or by an entry of the configuration for what is on
 * the platform, or about a file that nothing is read from.
 *
 * Throws a `Failure`: "usage" without a reason; "uneditable" when that can't be written safely.
 *
 * @param reason a sentence for who reads the file next
 */
export function ignoring(
  finding: Finding,
  reason: string,
  { audited, textOf, configurationFile, project }: IgnorePlaces,
): FileChange | FileCreation {
  const { rule, location } = finding;
  const at = location.kind === "resource" ? location.resource : location.file;
  const hasLine = location.kind === "file" && textOf(location.file) !== undefined;
  if (hasLine || !rules.some(({ id }) => id === rule))
    return ignoreChange(audited, finding, reason);
  return configuringIgnore(configurationFile, {
    rule,
    at,
    ...(project === undefined ? {} : { project }),
    reason: reasonIn(reason),
  });
}
