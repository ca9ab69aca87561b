import type * as v from "valibot";

/**
 * The type of a JSON document, from the form that its schema is made of. What writes the document is held to it by the
 * compiler, so that the schema, the type and the document can't differ.
 */
export type DocumentOf<Form extends v.GenericSchema> = Immutable<v.InferOutput<Form>>;

type Immutable<T> = T extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Immutable<T[Key]> }
    : T;
