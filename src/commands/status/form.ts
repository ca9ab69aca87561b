import * as v from "valibot";

const text = v.string();
const texts = v.array(text);

/** The form of the JSON document that tells how a project stands. */
export const statusForm = v.object({
  version: v.literal(1),
  command: v.picklist(["status"]),
  directory: text,
  vendor: v.object({ id: text, shown: text, rivals: texts }),
  account: v.variant("state", [
    v.object({
      state: v.literal("signed-in"),
      email: text,
      because: text,
      since: v.nullable(text),
    }),
    v.object({ state: v.picklist(["signed-out", "refused", "not-asked"]), why: text }),
  ]),
  project: v.variant("state", [
    v.object({
      state: v.literal("known"),
      ...{ id: text, title: text, environment: text, because: text },
    }),
    v.object({ state: v.literal("unread"), why: text }),
  ]),
  standing: v.nullable(
    v.object({
      state: v.picklist(["set-up", "faulty", "not-set-up", "unknown"]),
      jobs: v.array(
        v.object({
          app: text,
          called: text,
          calls: texts,
          when: v.nullable(text),
          where: v.nullable(text),
          notFollowed: v.nullable(text),
        }),
      ),
      token: v.object({
        variable: text,
        on: v.array(
          v.variant("state", [
            v.object({
              environment: text,
              state: v.literal("set"),
              changed: v.nullable(text),
            }),
            v.object({ environment: text, state: v.literal("absent") }),
            v.object({ environment: text, state: v.literal("unread"), why: text }),
          ]),
        ),
      }),
      findings: v.object({ error: v.number(), warning: v.number(), info: v.number() }),
      notRead: v.array(v.object({ what: text, why: text })),
      unread: v.array(v.object({ what: text, why: text })),
    }),
  ),
  noStanding: v.nullable(text),
  /** The last run that changed something and isn't taken back. */
  lastRun: v.nullable(v.object({ started: text, changes: v.number() })),
  /** Why nobody knows whether there is one; null where that is known. */
  noLastRun: v.nullable(text),
});
