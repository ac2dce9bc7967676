// Adds a row that is valid and says TODO wherever a person has to write; a source and a provider's file with it when they are missing.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mark, matchOfCode, stubOf } from "../../src/catalogue/stub.ts";
import { memberOf, type Node, readJson } from "../../src/rules/json.ts";

/** What is wished for. */
export interface NewRow {
  readonly provider: string;
  readonly code: string;
  /** The id of a source that is there; undefined: one is added. */
  readonly source: string | undefined;
}

/** The files that were written, and what is left to be done. */
export interface Added {
  readonly files: readonly string[];
  readonly todo: string;
}

/** The wish cannot be carried out; the message is for the user. */
export class WishError extends Error {}

/** Adds to the catalogue in `folder`. Throws a WishError, and has written nothing, when the row is there or a name is none. */
export function addRow(folder: string, wish: NewRow, today: Date): Added {
  const { provider, code } = wish;
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(provider))
    throw new WishError(`A provider's id has small letters, digits and "-": "united-internet".\n`);
  const path = join(folder, "providers", `${provider}.json`);
  const isNew = !existsSync(path);
  const text = isNew ? newProvider(provider) : readFileSync(path, "utf8");
  const sources = sourcesFile(folder, text);
  const ids = idsOf(folder);
  if (wish.source !== undefined && !ids.has(wish.source))
    throw new WishError(`No file of sources/ has "${wish.source}". Leave --source out to add a source.\n`);
  const source = wish.source ?? freeId(`${provider}-${slug(code)}`, ids);
  const row = { ...stubOf({ code, match: matchOfCode(code), example: exampleOf(code), source }), rule };
  if (text.includes(`"id": "${row.id}"`)) throw new WishError(`${provider}.json has a row "${row.id}" already.\n`);
  writeFileSync(path, appended(text, "entries", row));
  const files = [path];
  if (wish.source === undefined) {
    const stub = { id: source, name: `${mark}: who says it, and the page's title`, url: `https://example.com/${mark}` };
    writeFileSync(sources, appended(readFileSync(sources, "utf8"), "sources", { ...stub, checked: isoDay(today) }));
    files.push(sources);
  }
  if (isNew) files.push(listed(folder, provider));
  return { files, todo: todoText(files, { id: `${provider}/${row.id}`, source, isNew }) };
}

const rule = {
  standsFor: `${mark}: what the code stands for`,
  considered: [],
  look: `Write where to look when no look-up explains it (${mark}).`,
};

function isoDay(day: Date): string {
  return day.toISOString().slice(0, 10);
}

function exampleOf(code: string): string {
  if (/^[45X]\.\d/i.test(code)) return exampleOf(`550 ${code.replace(/^x/i, "5").replace(/\.\.\d+$/, "")}`);
  const start = /^[45]\d\d/.test(code) ? "" : "554 5.7.1 ";
  return `${start}${code} ${mark}: the literal reply, with addresses of documentation`;
}

function slug(code: string): string {
  const words = code.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return words.replace(/^-/, "").slice(0, 30).replace(/-$/, "") || "reply";
}

function freeId(wanted: string, ids: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const id = number === 1 ? wanted : `${wanted}-${number}`;
    if (!ids.has(id)) return id;
  }
}

function newProvider(id: string): string {
  const markers = { words: [`${mark.toLowerCase()}: words that only it writes`] };
  const file = { $schema: "../schema.json", kind: "provider", id, name: `${mark} ${id}` };
  return `${JSON.stringify({ ...file, hosts: [], domains: [], markers, entries: [] }, undefined, 2)}\n`;
}

/** The file of sources that the provider's rows use most. */
function sourcesFile(folder: string, provider: string): string {
  const files = readdirSync(join(folder, "sources")).map((name) => join(folder, "sources", name));
  const used = files.map((file) => ({
    file,
    count: sourceIds(file).filter((id) => provider.includes(`"${id}"`)).length,
  }));
  const [best] = used.sort((a, b) => b.count - a.count || Number(isCommon(b.file)) - Number(isCommon(a.file)));
  if (best === undefined) throw new WishError("sources/ is empty.\n");
  return best.file;
}

function isCommon(file: string): boolean {
  return file.endsWith("common.json");
}

function idsOf(folder: string): ReadonlySet<string> {
  const files = readdirSync(join(folder, "sources")).map((name) => join(folder, "sources", name));
  return new Set(files.flatMap(sourceIds));
}

function sourceIds(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(/"id": "([^"]+)"/g)].map(([, id = ""]) => id);
}

/** The text with one more item at the end of a list; the rest of it stays as it is, letter for letter. */
export function appended(text: string, list: string, item: unknown): string {
  const read = readJson(text);
  const node: Node | undefined = "node" in read ? memberOf(read.node, list) : undefined;
  if (node?.kind !== "array") throw new WishError(`The file has no list "${list}".\n`);
  const last = node.items.at(-1);
  const at = last?.end ?? node.start + 1;
  const written = JSON.stringify(item, undefined, 2).replaceAll("\n", "\n    ");
  const end = last === undefined ? "\n  " : "";
  return `${text.slice(0, at)}${last === undefined ? "" : ","}\n    ${written}${end}${text.slice(at)}`;
}

/** Names the new file in data.ts, as a test wants it. */
function listed(folder: string, provider: string): string {
  const path = join(folder, "..", "src", "catalogue", "data.ts");
  const text = readFileSync(path, "utf8");
  const name = provider.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const variable = /^\d/.test(name) ? `of${name}` : name;
  const line = `import ${variable} from "../../catalogue/providers/${provider}.json" with { type: "json" };\n`;
  const behind = [...text.matchAll(/import \w+ from "\.\.\/\.\.\/catalogue\/providers\/([a-z0-9-]+)\.json".*\n/g)];
  const next = behind.find(([, other = ""]) => other > provider);
  const at = next?.index ?? (behind.at(-1)?.index ?? 0) + (behind.at(-1)?.[0].length ?? 0);
  const imported = text.slice(0, at) + line + text.slice(at);
  writeFileSync(path, imported.replace(/\n\] as readonly ProviderFile\[\];/, `\n  ${variable},$&`));
  return path;
}

function todoText(files: readonly string[], row: { id: string; source: string; isNew: boolean }): string {
  const provider = row.isNew
    ? `Name the provider, its hosts and domains with their dates, and words or tokens that only it writes.\n`
    : "";
  return `Written: ${files.join(", ")}

The row is ${row.id}, its source ${row.source}. Now replace every ${mark}:
${provider}  match      what in a reply leads to the row: see server/catalogue/README.md
  title      a few words, no full stop           retry    whether and when to try again
  meaning    one to four sentences of your own   remedies what to do first, beginning with a verb
  permanence, reason, turn                       as far as a source says so
  claims     one for each source, with its grade
  examples   the literal reply: npm test proves that it leads to this row
  rule       what a check of the sending IP can say about it
Then: npm run catalogue -- table && npm run check && npm test
`;
}
