import { isMap } from "yaml";
import type { Edit } from "../yaml/edit.ts";
import { removeKeyPlan, setKeyPlans } from "../yaml/key-edit.ts";
import { type EditPlan, firstProven, type Patch } from "../yaml/proof.ts";
import { refusal } from "../yaml/refusal.ts";
import { parseSource, type Source } from "../yaml/source.ts";

export { Failure, type FailureParts } from "../failure.ts";
export { applyEdits, type Edit, inverseEdits } from "../yaml/edit.ts";

/** A text before and after. The edits are against `before`, in UTF-16 units, ordered and apart. */
export interface YamlEdit {
  readonly before: string;
  readonly after: string;
  readonly edits: readonly Edit[];
}

/** A YAML text that is edited where it stands: every byte outside of an edit is the byte that was there. */
class YamlText {
  readonly text: string;
  readonly #source: Source;

  /** @internal Texts come from `readYaml`. */
  constructor(source: Source) {
    this.text = source.text;
    this.#source = source;
  }

  /** What the text means: mappings as `Map`, in their order; aliases and merge keys are resolved. */
  get value(): unknown {
    return this.#source.value;
  }

  /**
   * Gives a key a value; a key that isn't there is added as the last one, in the style of those before it.
   * Throws a `Failure` ("uneditable") with place and reason when its mapping isn't there, or when the result can't be
   * proven to be that and nothing else.
   *
   * @param path the keys from the top to it
   */
  setKey(path: readonly (string | number)[], value: string | number | boolean): YamlEdit {
    return this.#proven(setKeyPlans(this.#top(), path, value), path);
  }

  /**
   * Takes a key with its value out. Throws a `Failure` as `setKey`, and when a comment would go with it unasked.
   *
   * @param o.withComments whether the comments inside of it may go too
   */
  removeKey(
    path: readonly (string | number)[],
    { withComments = false }: { readonly withComments?: boolean } = {},
  ): YamlEdit {
    return this.#proven([removeKeyPlan(this.#top(), path, withComments)], path);
  }

  /** The text after an edit of it, to be edited again. */
  with({ after }: Pick<YamlEdit, "after">): YamlText {
    const { file, shown } = this.#source;
    return new YamlText(parseSource({ file, shown }, after));
  }

  #proven(plans: readonly EditPlan[], path: readonly (string | number)[]): YamlEdit {
    const { before, after, edits }: Patch = firstProven(plans, {
      next: `edit ${path.join(".")} by hand`,
    });
    return { before, after, edits };
  }

  #top() {
    const source = this.#source;
    const map = source.document.contents;
    if (isMap(map)) return { text: source.text, source, map, location: { path: [] } };
    throw refusal(source, 0, "It is no mapping");
  }
}

export type { YamlText };

/**
 * Reads a YAML text. Throws a `Failure` ("uneditable") with the place when it isn't one valid document, or when it holds
 * what people and parsers read differently: a tab as indentation, a merge conflict, a lone carriage return.
 *
 * @param name how the text is called in failures
 */
export function readYaml(text: string, name: string = "text"): YamlText {
  return new YamlText(parseSource({ file: name, shown: name }, text));
}
