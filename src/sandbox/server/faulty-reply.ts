import type { FaultEffect } from "../faults.ts";
import { type HttpReply, jsonReply, unauthorizedRequest } from "./reply.ts";

/** What to answer instead of doing what was asked; undefined when the effect leaves that alone. */
export function insteadOf(effect: FaultEffect): HttpReply | undefined {
  switch (effect.kind) {
    case "status":
      return effect.when === "before" ? failing(effect) : undefined;
    case "expiredToken":
      return unauthorizedRequest("The access token has expired.").reply;
    case "html":
      return { status: 200, headers: { "content-type": "text/html" }, body: page };
    case "otherService":
      return jsonReply(200, { service: "something else", version: 1 });
    default:
      return undefined;
  }
}

/** The answer as the effect leaves it, once the request was carried out. */
export function replyAfterFault(effect: FaultEffect, reply: HttpReply): HttpReply {
  switch (effect.kind) {
    case "status":
      return effect.when === "after" ? failing(effect) : reply;
    case "duplicateActivities":
      return withJson(reply, (value) => mapped(value, doubled));
    case "missingFields":
      return withJson(reply, (value) => mapped(value, without(effect.fields)));
    case "escapes":
      return withJson(reply, (value) =>
        mapped(
          value,
          texts(() => `\u001b[2J\u001b]0;x\u0007\u202e`),
        ),
      );
    case "huge":
      return withJson(reply, (value) =>
        mapped(
          value,
          texts(() => "a".repeat(effect.bytes)),
        ),
      );
    default:
      return reply;
  }
}

const page = "<!DOCTYPE html><title>Maintenance</title><p>Back soon.</p>";

function failing(effect: Extract<FaultEffect, { kind: "status" }>): HttpReply {
  const { status, retryAfter, body } = effect;
  const later = retryAfter === undefined ? {} : { "retry-after": retryAfter };
  if (body === "empty") return { status, headers: later };
  if (body === "html") {
    return { status, headers: { ...later, "content-type": "text/html" }, body: page };
  }
  const reply = jsonReply(status, { code: status, message: "The sandbox was told to fail." });
  return { ...reply, headers: { ...reply.headers, ...later } };
}

function withJson(reply: HttpReply, change: (value: unknown) => unknown): HttpReply {
  const isJson = reply.headers["content-type"]?.includes("json") === true;
  if (!isJson || reply.body === undefined || reply.headers["content-type"]?.includes("stream")) {
    return reply;
  }
  return { ...reply, body: JSON.stringify(change(JSON.parse(reply.body))) };
}

type Fields = Readonly<Record<string, unknown>>;

/** Every array and object of a value, from the inside out, as `change` makes it. */
function mapped(value: unknown, change: (value: readonly unknown[] | Fields) => unknown): unknown {
  if (Array.isArray(value)) return change(value.map((item) => mapped(item, change)));
  if (typeof value !== "object" || value === null) return value;
  return change(
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapped(item, change)])),
  );
}

function isActivity(value: unknown): boolean {
  return typeof value === "object" && value !== null && "completion_percent" in value;
}

function doubled(value: readonly unknown[] | Fields): unknown {
  if (!Array.isArray(value) || !value.some(isActivity)) return value;
  return value.flatMap((activity) => [activity, activity]);
}

function without(names: readonly string[]) {
  return (value: readonly unknown[] | Fields): unknown =>
    Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(value).filter(([key]) => !names.includes(key)));
}

/** The fields that hold words for people, as against ids and states. */
const words: readonly string[] = [
  "title",
  "label",
  "description",
  "text",
  "message",
  "display_name",
  "first_name",
  "last_name",
];

function texts(added: () => string) {
  return (value: readonly unknown[] | Fields): unknown => {
    if (Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => [
        key,
        words.includes(key) && typeof field === "string" ? `${field}${added()}` : field,
      ]),
    );
  };
}
