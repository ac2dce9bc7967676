// Turns remedies and steps of practice as written into ready ones.
import type { Remedy } from "../model.ts";
import type { RemedyRow } from "./rows.ts";
import { sourceById } from "./sources.ts";

/** A remedy with its source. */
export function remedyOf({ text, action, source }: RemedyRow): Remedy {
  return { text, action, source: source === undefined ? undefined : sourceById(source) };
}
