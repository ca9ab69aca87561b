import * as v from "valibot";
import { Secret } from "../../secret.ts";
import { type AccessTokenSource, isAccessToken } from "../access-token.ts";
import { ApiFailure } from "../api-failure.ts";
import { answerFailure } from "./answer-failure.ts";
import { errorMessage } from "./error-message.ts";
import { jsonOf } from "./json.ts";
import { type RequestLine, requestPlace } from "./request-line.ts";
import type { HttpAnswer, Transport } from "./transport.ts";

/** The access tokens of one account, one at a time; requests at the same time share one exchange. */
export interface AccessTokens {
  /** The access token to use now. Throws `ApiFailure`, "signedOut" when the API token is refused. */
  current(): Promise<Secret>;
  /** Another access token than the one that was refused. Throws as `current` does. */
  renewed(refused: Secret): Promise<Secret>;
}

/** Access tokens that somebody else gets. One that is refused is asked for anew once. */
export function givenAccessTokens(source: AccessTokenSource): AccessTokens {
  let token: Promise<Secret> | undefined;
  const current = () => {
    token ??= source.accessToken();
    return token;
  };
  return {
    current,
    async renewed(refused) {
      if ((await token)?.reveal() === refused.reveal()) token = undefined;
      const next = await current();
      if (next.reveal() !== refused.reveal()) return next;
      throw new ApiFailure("signedOut", {
        what: "The access token is refused, and there is no other one",
        next: "sign in again with the official CLI, or give an API token",
      });
    },
  };
}

interface Access {
  readonly token: Secret;
  /** In milliseconds of `performance.now()`, which no change of the computer's clock moves. */
  readonly until: number;
}

const request: RequestLine = { method: "POST", path: "/oauth2/token" };

/** The public OAuth client for API tokens; it has no secret (platform API reference, authentication). */
const client = "platform-api-user";

/**
 * Exchanges an API token for access tokens, when one is asked for and none is valid.
 * @param auth address of the authentication service
 */
export function accessTokens(line: Transport, auth: string, apiToken: Secret): AccessTokens {
  let access: Access | undefined;
  let underWay: Promise<Access> | undefined;

  async function current(): Promise<Secret> {
    if (access !== undefined && performance.now() < access.until) return access.token;
    underWay ??= exchange(line, auth, apiToken).finally(() => {
      underWay = undefined;
    });
    access = await underWay;
    return access.token;
  }

  return {
    current,
    renewed(refused) {
      if (access?.token === refused) access = undefined;
      return current();
    },
  };
}

async function exchange(line: Transport, auth: string, apiToken: Secret): Promise<Access> {
  const form = new URLSearchParams({ grant_type: "api_token", api_token: apiToken.reveal() });
  const answer = await line.request({
    ...request,
    base: auth,
    headers: {
      accept: "application/json",
      authorization: `Basic ${Buffer.from(`${client}:`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: form.toString(),
    repeatable: true,
  });
  if (isRefusal(answer)) throw refusal(answer, apiToken);
  const body = jsonOf(answer);
  const grant = v.safeParse(grantSchema, body.kind === "json" ? body.value : undefined);
  if (answer.status !== 200 || !grant.success) throw answerFailure(request, answer);
  const { access_token, expires_in } = grant.output;
  // A tenth of the lifetime is left for the way.
  return { token: new Secret(access_token), until: performance.now() + expires_in * 900 };
}

const grantSchema = v.object({
  access_token: v.pipe(v.string(), v.nonEmpty()),
  /** In seconds. */
  expires_in: v.nullish(v.number(), 0),
});

const oauthError = v.object({
  error: v.string(),
  error_description: v.nullish(v.string(), ""),
  error_hint: v.nullish(v.string(), ""),
});

/** Both generations of the authentication service, and the mock of the official CLI, by their errors. */
function isRefusal(answer: HttpAnswer): boolean {
  const body = jsonOf(answer);
  const parsed = v.safeParse(oauthError, body.kind === "json" ? body.value : undefined);
  if (!parsed.success || (answer.status !== 400 && answer.status !== 401)) return false;
  const { error, error_description, error_hint } = parsed.output;
  const about = `${error} ${error_description} ${error_hint}`;
  return /api token|sso session has expired/i.test(about);
}

function refusal(answer: HttpAnswer, apiToken: Secret): ApiFailure {
  if (isAccessToken(apiToken))
    return new ApiFailure(
      "signedOut",
      {
        where: requestPlace(request),
        what: "That is an access token, which lasts 15 minutes, and no API token",
        next: "make an API token in the console, under My profile, and give that",
      },
      answer.status,
    );
  const body = jsonOf(answer);
  const said = body.kind === "json" ? errorMessage(body.value) : undefined;
  return new ApiFailure(
    "signedOut",
    {
      where: requestPlace(request),
      what: "The API token was refused",
      ...(said === undefined ? {} : { why: said }),
      next: "check that it was copied whole and was not deleted, or make a new one in the console",
    },
    answer.status,
  );
}
