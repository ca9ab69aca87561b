import { CORE_SCHEMA, load, mergeTag, realMapTag } from "js-yaml";

const schema = CORE_SCHEMA.withTags(mergeTag, realMapTag);

/**
 * The value of a text as another parser reads it than the one that planned an edit: js-yaml, which shares no code with
 * it and takes half of its time. Undefined where it can't tell: it knows no tags, and refuses some of what is allowed.
 *
 * @returns aliases and merge keys resolved, mappings as `Map`
 */
export function readBySecondParser(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: load(text.replace(/^\uFEFF/u, ""), { schema }) };
  } catch {
    return undefined;
  }
}
