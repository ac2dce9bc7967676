// Turns remedies and steps of practice as written into ready ones.
import type { Remedy, Source } from "../model.ts";
import type { RemedyRow } from "./rows.ts";
import { sourceById } from "./sources.ts";

/** A remedy with its source. */
export function remedyOf({ text, action, source }: RemedyRow, sourceOf: (id: string) => Source = sourceById): Remedy {
  return { text, action, source: source === undefined ? undefined : sourceOf(source) };
}
