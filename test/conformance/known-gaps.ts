/** Where the description of the API and the API itself, as its own clients use it, do not say the same. */
export interface Gap {
  /** What ajv calls it. */
  readonly keyword: "additionalProperties" | "format" | "minLength" | "required";
  /** A property, or the end of the place in the body; everything when left out. */
  readonly about?: string;
  /** Method and template; every route when left out. */
  readonly route?: string;
  readonly reason: string;
}

/** Every gap has to come up in the tests: one that is closed is taken out. */
export const knownGaps: readonly Gap[] = [
  {
    keyword: "additionalProperties",
    about: "id",
    reason: "left out of most schemas; the description of Upsun has it, and every client reads it",
  },
  {
    keyword: "additionalProperties",
    about: "_links",
    reason: "told in the introduction of the description (HAL), and in hardly any schema",
  },
  {
    keyword: "additionalProperties",
    about: "_embedded",
    reason:
      "told in the introduction, not in the schema of an accepted write; clients take the resource from it",
  },
  {
    keyword: "additionalProperties",
    about: "vendor",
    reason: "the official CLI filters by it",
  },
  {
    keyword: "format",
    about: "picture",
    reason: "empty when there is none; the description knows only an address",
  },
  {
    keyword: "format",
    about: "website",
    reason: "empty when there is none; the description knows only an address",
  },
  {
    keyword: "minLength",
    about: "country",
    reason: "empty when it was never given; the description knows only two letters",
  },
  {
    keyword: "required",
    route: "GET /projects/{projectId}/settings",
    reason:
      "some sixty switches of the platform itself; the sandbox has those that clients look at",
  },
];

/**
 * What every kind of route has beside what is described. It is no gap like those above: there are several kinds, and an
 * answer that fits none of them differs from each in its own way.
 */
export const memberOfRoutes = {
  name: "original_url",
  reason: "the description of Upsun has it, and the official CLI shows routes by it",
} as const;

/** Requests of the client that the description doesn't have, by what their paths end with, and where they are from. */
export const undescribedRequests: Readonly<Record<string, string>> = {
  "/integrations":
    "what the official CLI lists (integration:list); the subset of the description leaves them out",
  "/settings": "of an environment: the official CLI asks it for the deployment type",
};
