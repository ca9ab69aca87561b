import { printable } from "../../printable.ts";
import { ApiFailure } from "../api-failure.ts";
import { errorMessage } from "./error-message.ts";
import { headerOf } from "./headers.ts";
import { jsonOf } from "./json.ts";
import { askedToWait } from "./policy.ts";
import { type RequestLine, requestPath, requestPlace } from "./request-line.ts";
import { stepUp } from "./step-up.ts";
import type { HttpAnswer } from "./transport.ts";

interface Sentence {
  readonly what: string;
  readonly next: string;
}

const refused: Readonly<Record<number, Sentence>> = {
  400: { what: "The API does not accept the request", next: "check the values it names" },
  402: {
    what: "The project's plan does not include this",
    next: "ask the organization's owner to add it to the plan",
  },
  403: {
    what: "This account may not do that",
    next: "ask an admin of the project for the right, or sign in with the token of one",
  },
  404: {
    what: "The API does not have this, or hides it from this account",
    next: "check the name",
  },
  407: {
    what: "A proxy on the way asks for a sign-in",
    next: "check the proxy of this network",
  },
  409: {
    what: "The API has this already, or it is being changed by someone else",
    next: "look at it again, then try once more",
  },
  422: { what: "The API does not accept the request", next: "check the values it names" },
  429: { what: "The API gets too many requests", next: "wait a minute, then try again" },
};

const checkAddress: string =
  "check the address of the API in the environment, and the proxy of this network";

/**
 * What to throw for an answer that is not what was asked for: any status but 2xx, or a body that
 * is not JSON. Never holds the body, only the message in it when it is a JSON error.
 */
export function answerFailure(request: RequestLine, answer: HttpAnswer): ApiFailure {
  const { status } = answer;
  const json = jsonOf(answer);
  const said = json.kind === "json" ? errorMessage(json.value) : undefined;
  const fail = (sentence: Sentence, why: string | undefined, reason: "api" | "signedOut" = "api") =>
    new ApiFailure(
      reason,
      {
        where: requestPlace(request),
        what: sentence.what,
        why: why === undefined ? `HTTP ${status}` : `${why} (HTTP ${status})`,
        next: sentence.next,
      },
      status,
    );

  const asked = askedToWait({
    retryAfter: headerOf(answer.headers, "retry-after"),
    date: headerOf(answer.headers, "date"),
  });
  if (asked !== undefined && (status === 429 || status === 503)) {
    const { what } = refused[status] ?? { what: "The API has a problem" };
    return fail({ what, next: `try again in ${seconds(asked)}, as it asks` }, said);
  }
  if (status >= 500) {
    return fail({ what: "The API has a problem", next: "try again in a minute" }, said);
  }
  if (status >= 300 && status < 400) {
    return fail(
      { what: "The API sends this request elsewhere, which is not followed", next: checkAddress },
      `it names ${hostOf(answer)}`,
    );
  }
  if (json.kind === "html") {
    return fail(
      { what: "This is not the API that answers", next: checkAddress },
      "the answer is a web page",
    );
  }
  if (status < 300) {
    return fail({ what: "The API's answer can't be read", next: checkAddress }, "it is not JSON");
  }
  if (status === 401) {
    const more = stepUp(answer);
    if (more !== undefined) return fail(more, said, "signedOut");
    return fail(
      {
        what: "The API does not accept this sign-in",
        next: "sign in with another API token, and check that the account is active",
      },
      said,
      "signedOut",
    );
  }
  const project = /^\/projects\/([^/?]+)/.exec(request.path)?.[1];
  if (project !== undefined && isHidden(request, status)) {
    return fail(
      {
        what: `Project ${printable(decodeURIComponent(project))} is not visible to this account`,
        next: "check the project id, and that the account of the token has access to it",
      },
      said,
    );
  }
  if (status === 403 && refused[403] !== undefined)
    return fail({ ...refused[403], what: deniedSentence(request) }, said);
  return fail(refused[status] ?? { what: "The API refused the request", next: "try again" }, said);
}

/** The API answers 403 for what does not exist, and 404 for what may not be seen. */
function isHidden(request: RequestLine, status: number): boolean {
  if (status !== 403 && status !== 404) return false;
  return request.method === "GET" && /^\/projects\/[^/?]+$/.test(requestPath(request));
}

function seconds(ms: number): string {
  const whole = Math.ceil(ms / 1000);
  return whole <= 120 ? `${whole} seconds` : `${Math.ceil(whole / 60)} minutes`;
}

function hostOf(answer: HttpAnswer): string {
  const { location } = answer.headers;
  if (typeof location !== "string") return "no address";
  return URL.canParse(location) ? printable(new URL(location).host) : "another path";
}

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
function deniedSentence(request: RequestLine): string {
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
