/**
 * Whether a text can be the id of a project: small letters and digits alone. In the address of a Git remote the official CLI
 * takes 12 of them or more for one (platform-cli, `LocalProject`); servers that are made for tests have shorter ids.
 */
export function isProjectId(text: string): boolean {
  return /^[a-z\d]{5,40}$/u.test(text);
}

/**
 * Whether Git takes a text for the name of a branch (git-check-ref-format). An environment is named after its branch.
 *
 * @param text without the blanks around it
 */
export function isBranchName(text: string): boolean {
  const isRefused =
    /[\p{Cc} ~^:?*[\\]|\.\.|@\{|\/\/|^[-/.]|[/.]$|\.lock(\/|$)|\/\./u.test(text) || text === "@";
  return text !== "" && !isRefused;
}
