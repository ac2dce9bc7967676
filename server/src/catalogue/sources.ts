// The sources of the catalogue by their ids.
import common from "../../catalogue/sources/common.json" with { type: "json" };
import europe from "../../catalogue/sources/europe.json" with { type: "json" };
import gatewaysChina from "../../catalogue/sources/gateways-china.json" with { type: "json" };
import googleYahoo from "../../catalogue/sources/google-yahoo.json" with { type: "json" };
import microsoftApple from "../../catalogue/sources/microsoft-apple.json" with { type: "json" };
import servers from "../../catalogue/sources/servers.json" with { type: "json" };
import usIsps from "../../catalogue/sources/us-isps.json" with { type: "json" };
import type { Source } from "../model.ts";

interface SourceRow {
  readonly id: string;
  readonly name: string;
  readonly url?: string;
  readonly date?: string;
  readonly checked: string;
  readonly via?: string;
}

/** The files of sources; their order has no meaning. */
const files: readonly { readonly sources: readonly SourceRow[] }[] = [
  common,
  europe,
  gatewaysChina,
  googleYahoo,
  microsoftApple,
  servers,
  usIsps,
];

const sources: ReadonlyMap<string, Source> = new Map(
  files
    .flatMap((file) => file.sources)
    .map(({ id, name, url, date, checked, via }) => [id, { id, name, url, date, checked, via }]),
);

/** Every source, in the order of the files. */
export const allSources: readonly Source[] = [...sources.values()];

/** The source of an id; undefined when no file holds it. */
export function knownSource(id: string): Source | undefined {
  return sources.get(id);
}

/** The source of an id; throws when no file holds it, which a test rules out. */
export function sourceById(id: string): Source {
  const source = sources.get(id);
  if (source === undefined) throw new Error(`sources/ has no source "${id}"`);
  return source;
}
