import { printable } from "../../printable.ts";
import { type RequestLine, requestPath } from "./request-line.ts";

/** What a path below a project is about, as people call it; {} stands for the environment. */
const resources: readonly (readonly [RegExp, string])[] = [
  [/^\/invitations\b/u, "the invitations of the project"],
  [/^\/(?:access|user-access|team-access)\b/u, "who has access to the project"],
  [/^\/variables\b/u, "the variables of the project"],
  [/^\/settings$/u, "the settings of the project"],
  [/^\/environments\/([^/]+)\/variables\b/u, "the variables of {}"],
  [/^\/environments\/([^/]+)\/activities\b/u, "the activities of {}"],
  [/^\/environments\/([^/]+)\/backups?\b/u, "the backups of {}"],
  [/^\/environments\/([^/]+)\/deployments\b/u, "what is deployed on {}"],
  [/^\/environments\/([^/]+)\/(?:redeploy|deploy)$/u, "the deployment of {}"],
  [/^\/environments\/([^/]+)/u, "the environment {}"],
  [/^\/git\b/u, "the code of the project"],
];

/**
 * What an account is not allowed, as a sentence: "This account may not see the variables of the project". For a path
 * that isn't known, that it may not do that.
 */
export function deniedSentence(request: RequestLine): string {
  const below = /^\/projects\/[^/]+(\/.*)$/u.exec(requestPath(request))?.[1] ?? "";
  for (const [pattern, words] of resources) {
    const found = pattern.exec(below);
    if (found === null) continue;
    const verb = request.method === "GET" ? "see" : "change";
    const environment = printable(decodeURIComponent(found[1] ?? ""));
    return `This account may not ${verb} ${words.replace("{}", () => environment)}`;
  }
  return "This account may not do that";
}
