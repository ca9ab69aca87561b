import type { Action, AnyChange, AnyRecord, ChangeKind } from "./kind.ts";
import { kinds } from "./registry.ts";

const kindsByName = new Map<string, ChangeKind>(kinds.map((kind) => [kind.kind, kind]));

const actionsByName = new Map<string, Action>(
  [...kindsByName.values()]
    .flatMap((kind) => [kind, ...(kind.reversals ?? [])])
    .map((action) => [action.kind, action]),
);

/** The kind of a change, or of what the journal keeps of one. Throws a RangeError for one that isn't in the registry. */
export function kindOf({ kind }: { readonly kind: string }): ChangeKind {
  return known(kindsByName.get(kind), kind);
}

/** What the journal keeps of a change. The value of a variable stays behind. */
export function recordOf(change: AnyChange): AnyRecord {
  return kindOf(change).toRecord(change);
}

/** What a change or its reversal does. Throws a RangeError for one that no kind in the registry knows. */
export function actionOfChange({ kind }: AnyChange): Action {
  return known(actionsByName.get(kind), kind);
}

function known<Found>(found: Found | undefined, kind: string): Found {
  if (found !== undefined) return found;
  throw new RangeError(`there is no kind of change called ${kind}`);
}
