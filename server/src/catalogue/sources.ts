// The sources of the catalogue by their ids.
import data from "../../catalogue/sources.json" with { type: "json" };
import type { Source } from "../model.ts";

interface SourceRow {
  readonly id: string;
  readonly name: string;
  readonly url?: string;
  readonly date?: string;
  readonly checked: string;
  readonly via?: string;
}

const rows: readonly SourceRow[] = data.sources;

const sources: ReadonlyMap<string, Source> = new Map(
  rows.map(({ id, name, url, date, checked, via }) => [id, { id, name, url, date, checked, via }]),
);

/** The source of an id; throws when sources.json lacks it, which a test rules out. */
export function sourceById(id: string): Source {
  const source = sources.get(id);
  if (source === undefined) throw new Error(`sources.json has no source "${id}"`);
  return source;
}
