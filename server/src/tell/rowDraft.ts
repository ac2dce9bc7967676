// Tells a row to finish as a document: a file of rules that is valid as it is, with a test for the catalogue behind it.
import type { Direction } from "../model.ts";
import { safeJson } from "./json.ts";

/** What is put into the document. */
export interface DraftedRow {
  /** As schema.json wants it, but for the provider. */
  readonly row: {
    readonly id: string;
    readonly match: { readonly token?: string | readonly string[] };
    readonly examples?: readonly string[];
  };
  readonly source: { readonly id: string; readonly name: string; readonly checked: string };
  readonly provider: string | undefined;
  /** Who refused whom, when our own server says so: of the other side there is no reply. */
  readonly ours: Direction | undefined;
}

/** JSON with comments. Nothing in the row can end a comment or a text: it is escaped as JSON. */
export function rowDraftText(drafted: DraftedRow): string {
  const { row, source, provider } = drafted;
  const entry = provider === undefined ? row : { provider, ...row };
  const rules = { kind: "rules", sources: [source], entries: [entry] };
  return `${[...head(drafted).map(comment), safeJson(rules, 2), "", ...test(drafted).map(comment)].join("\n")}\n`;
}

function comment(line: string): string {
  return line === "" ? "//" : `// ${line}`;
}

const homeless =
  "the file of whoever answered in providers/ (wordings.json when nobody in particular says so, servers/ for your own server's words)";

function head({ provider }: DraftedRow): string[] {
  const file = provider === undefined ? homeless : `providers/${provider}.json`;
  return [
    "A row for a reply that the catalogue does not know. Write what is marked with TODO, and see that the example names nobody.",
    "For yourself: save it as .smtp-log-lens.json in the folder that you open, or name it in the setting smtpLogLens.rules.",
    `For everybody: put the row, without "provider", into ${file} of server/catalogue/, and the source into sources/.`,
    "The README there says how, and the test below goes with it.",
  ];
}

function test({ row, provider, ours }: DraftedRow): string[] {
  const made = ours === undefined ? "refused" : "failed";
  const host = provider === undefined ? "" : `, through(whereIs(${safeJson(provider)}).host ?? "")`;
  const where = ours === "we-refused-them" ? `, { direction: ${safeJson(ours)} }` : host;
  const owner = provider ?? (ours === undefined ? (row.match.token === undefined ? "wording" : "TODO") : "server");
  return [
    'import { lookup } from "../../server/src/catalogue/lookup.ts";',
    'import { failed, refused, through } from "./delivery.ts";',
    'import { whereIs } from "./where.ts";',
    "",
    'test("TODO: a sentence about this reply", () => {',
    `  const found = lookup(${made}(${safeJson(row.examples?.[0] ?? "")}${where}));`,
    `  assert.equal(found.entry.id, ${safeJson(`${owner}/${row.id}`)});`,
    "});",
  ];
}
