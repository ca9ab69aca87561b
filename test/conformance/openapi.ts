import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ErrorObject } from "ajv";
import { fullFormats } from "ajv-formats/dist/formats.js";
import * as v from "valibot";
import { memberOfRoutes } from "./known-gaps.ts";

// The description of the API stays beside the repository; where it isn't, there is nothing to hold against.
const file = join(import.meta.dirname, "../../../shared/reference/platform-openapi-subset.json");
export const isDescribed = existsSync(file);

const description = v.object({
  paths: v.record(v.string(), v.record(v.string(), operation())),
});

function operation() {
  return v.looseObject({
    requestBody: v.optional(content()),
    responses: v.optional(v.record(v.string(), content())),
  });
}

function content() {
  return v.looseObject({ content: v.optional(v.record(v.string(), v.unknown())) });
}

/** A body is valid against nothing else than one of these. */
type Part = readonly ["requestBody"] | readonly ["responses", string];

/** One way in which a body differs from what is described. */
interface Difference {
  readonly place: string;
  readonly keyword: string;
  /** The property it is about, where it is about one, or the last part of the place. */
  readonly about: string;
  readonly words: string;
}

/** The description, ready to hold bodies against. */
export interface Described {
  /** The templates of the paths. */
  readonly paths: readonly string[];
  /** The method and the template that a request is an instance of; the one with the fewest variables wins. */
  routeOf(method: string, path: string): string | undefined;
  /** How an answer differs from what is described for it; "undescribed" when nothing is. */
  answerDifferences(
    exchange: { readonly method: string; readonly path: string; readonly status: number },
    body: unknown,
  ): readonly Difference[] | "undescribed";
  /** How the body of a request, undefined for none, differs; "undescribed" when the route is unknown. */
  requestDifferences(
    request: { readonly method: string; readonly path: string },
    body: unknown,
  ): readonly Difference[] | "undescribed";
}

/** Loads the description (OpenAPI 3.0.1) and turns its dialect into JSON Schema: `nullable` becomes the type null. */
export function openDescription(): Described {
  const raw: unknown = JSON.parse(readFileSync(file, "utf8"));
  const { paths } = v.parse(description, raw);
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { ...fullFormats, ulid } });
  ajv.addSchema({ ...v.parse(v.looseObject({}), asJsonSchema(raw)) }, "api");

  const find = (method: string, path: string) => {
    const [template] = Object.keys(paths)
      .filter((one) => patternOf(one).test(path))
      .sort((one, other) => variables(one) - variables(other));
    const verb = method.toLowerCase();
    const found = paths[template ?? ""]?.[verb];
    return template === undefined || found === undefined
      ? undefined
      : { template, verb, operation: found };
  };

  const hold = (route: { template: string; verb: string }, part: Part, body: unknown) => {
    const described = paths[route.template]?.[route.verb];
    const holder =
      part[0] === "responses" ? described?.responses?.[part[1]] : described?.requestBody;
    const [type] = Object.keys(holder?.content ?? {});
    if (type === undefined) {
      const words = "a body where none is described";
      return body === undefined ? [] : [{ place: "", keyword: "body", about: "", words }];
    }
    const at = ["paths", route.template, route.verb, ...part, "content", type, "schema"];
    const validate = ajv.compile({ $ref: `api#/${at.map(pointerSegment).join("/")}` });
    return validate(body) ? [] : (validate.errors ?? []).map(difference);
  };

  return {
    paths: Object.keys(paths),
    routeOf(method, path) {
      const route = find(method, path);
      return route && `${method} ${route.template}`;
    },
    answerDifferences({ method, path, status }, body) {
      const route = find(method, path);
      const responses = route?.operation.responses ?? {};
      if (route === undefined) return "undescribed";
      if (status in responses) return hold(route, ["responses", String(status)], body);
      // The project API describes what it answers when all is well as the default, and its refusals nowhere.
      const isDefault = status < 400 && "default" in responses;
      return isDefault ? hold(route, ["responses", "default"], body) : "undescribed";
    },
    requestDifferences({ method, path }, body) {
      const route = find(method, path);
      return route === undefined ? "undescribed" : hold(route, ["requestBody"], body);
    },
  };
}

const ulid = /^[0-9A-HJKMNP-TV-Z]{26}$/i;

function difference(error: ErrorObject): Difference {
  const { instancePath: place, keyword, message = "", params } = error;
  const property: unknown = params["additionalProperty"] ?? params["missingProperty"];
  const about = typeof property === "string" ? property : (place.split("/").at(-1) ?? "");
  return { place, keyword, about, words: `${place} ${message} (${about})` };
}

function asJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asJsonSchema);
  if (typeof value !== "object" || value === null) return value;
  const { nullable, discriminator: _, ...rest } = v.parse(v.looseObject({}), value);
  const schema = Object.fromEntries(
    Object.entries(rest).map(([key, inner]) => [key, asJsonSchema(inner)]),
  );
  const { properties } = schema;
  if (v.is(v.looseObject({ production_url: v.unknown(), tls: v.unknown() }), properties)) {
    properties[memberOfRoutes.name] = { type: "string" };
  }
  if (nullable !== true) return schema;
  const { type, enum: values } = schema;
  // Two types at one place give one difference; a choice between two schemas would give three.
  if (typeof type !== "string") return { anyOf: [schema, { type: "null" }] };
  const either = { ...schema, type: [type, "null"] };
  return Array.isArray(values) ? { ...either, enum: [...values, null] } : either;
}

function patternOf(template: string): RegExp {
  return new RegExp(`^${template.replace(/\{[^}]+\}/g, "[^/]+")}$`);
}

function variables(template: string): number {
  return template.split("{").length;
}

/** RFC 6901, section 6: a JSON pointer in a fragment. */
function pointerSegment(text: string): string {
  return encodeURIComponent(text.replaceAll("~", "~0").replaceAll("/", "~1"));
}
