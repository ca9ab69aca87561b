import * as v from "valibot";

const when = v.picklist(["before", "after"]);

/** What goes wrong with a request. "before" nothing was done yet, "after" it was done and only the answer suffers. */
const effectSchema = v.variant("kind", [
  v.strictObject({ kind: v.literal("latency"), ms: v.number() }),
  v.strictObject({
    kind: v.literal("status"),
    status: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
    retryAfter: v.exactOptional(v.string()),
    body: v.exactOptional(v.picklist(["json", "html", "empty"]), "json"),
    when: v.exactOptional(when, "before"),
  }),
  v.strictObject({ kind: v.literal("reset"), when }),
  v.strictObject({ kind: v.literal("truncated") }),
  v.strictObject({ kind: v.literal("html") }),
  v.strictObject({ kind: v.literal("slowBody"), ms: v.number() }),
  v.strictObject({ kind: v.literal("expiredToken") }),
  v.strictObject({ kind: v.literal("duplicateActivities") }),
  v.strictObject({ kind: v.literal("huge"), bytes: v.number() }),
  v.strictObject({ kind: v.literal("escapes") }),
  v.strictObject({
    kind: v.literal("missingFields"),
    fields: v.exactOptional(v.array(v.string()), ["id", "name", "access_token"]),
  }),
  v.strictObject({ kind: v.literal("otherService") }),
  v.strictObject({ kind: v.literal("failedDeployment") }),
]);

/** What goes wrong with some requests, as whoever asks for it writes it. */
export const faultSchema = v.strictObject({
  /** Which requests: a method, any when left out, and a path in which `*` is within a segment and `**` is not. */
  on: v.strictObject({ method: v.exactOptional(v.string()), path: v.string() }),
  /** How many of these requests pass first. */
  after: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0),
  /** How many go wrong then; `always` for all. */
  times: v.exactOptional(v.union([v.pipe(v.number(), v.integer()), v.literal("always")]), 1),
  effect: effectSchema,
});

/** A fault as it is asked for. */
export type Fault = v.InferInput<typeof faultSchema>;
/** What becomes of a request with a fault. */
export type FaultEffect = v.InferOutput<typeof effectSchema>;

/** The faults that were asked for, and how often each has come up. */
export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** What goes wrong with this request: the effects of every fault whose turn it is, in the order they were added. */
  on(method: string, path: string): readonly FaultEffect[];
}

/**
 * Keeps faults for a sandbox. Paths are compared as they were sent, without the query and the `/api` in front; what is
 * below `/sandbox` never goes wrong.
 */
export function createFaults(given: readonly Fault[] = []): Faults {
  let waiting: {
    readonly fault: v.InferOutput<typeof faultSchema>;
    readonly path: RegExp;
    seen: number;
  }[] = [];
  const add = (fault: Fault) => {
    const parsed = v.parse(faultSchema, fault);
    waiting.push({ fault: parsed, path: patternOf(parsed.on.path), seen: 0 });
  };
  for (const fault of given) add(fault);
  return {
    add,
    clear: () => {
      waiting = [];
    },
    on: (method, path) =>
      path.startsWith("/sandbox/")
        ? []
        : waiting.flatMap((one) => {
            const { on, after, times, effect } = one.fault;
            if ((on.method ?? method) !== method || !one.path.test(path)) return [];
            one.seen += 1;
            const turn = one.seen - after;
            return turn > 0 && (times === "always" || turn <= times) ? [effect] : [];
          }),
  };
}

function patternOf(glob: string): RegExp {
  const parts = glob.split(/(\*{1,2})/).map((part) => {
    if (part === "**") return ".*";
    return part === "*" ? "[^/]*" : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`, "u");
}
