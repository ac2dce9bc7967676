// The catalogue's files keep their contract: schema, lists, ids, sources, voice.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { Ajv } from "ajv";
import {
  entries,
  entryById,
  providerEntries,
  providers,
  refusingEntries,
  sendingEntries,
  standards,
} from "../../server/src/catalogue/data.ts";

import { enhancedCodes, tokensOf } from "../../server/src/catalogue/match.ts";

const folder = new URL("../../server/catalogue/", import.meta.url);
const text = (file: string): string => readFileSync(new URL(file, folder), "utf8");
const json = (file: string): unknown => JSON.parse(text(file));
const inFolder = (name: string): string[] => readdirSync(new URL(`${name}/`, folder)).map((file) => `${name}/${file}`);
const files = ["wordings.json", "practice.json", ...["sources", "providers", "servers", "codes"].flatMap(inFolder)];
const withoutSources = files.filter((file) => !file.startsWith("sources/"));
const sourceIds = inFolder("sources").flatMap((file) =>
  (json(file) as { sources: { id: string }[] }).sources.map(({ id }) => id),
);
const validate = new Ajv({ allErrors: true }).compile(json("schema.json") as object);

for (const file of files) {
  test(`${file} is as the schema says`, () => {
    const valid = validate(json(file));
    assert.ok(valid, JSON.stringify(validate.errors?.slice(0, 5), undefined, 1));
  });

  test(`${file} points editors to the schema`, () => {
    const schema = (json(file) as { $schema: string }).$schema;
    assert.equal(schema, file.includes("/") ? "../schema.json" : "./schema.json");
  });
}

test("no row is left as the keeper of the catalogue began it", () => {
  assert.deepEqual(
    files.filter((file) => /\bTODO\b/i.test(text(file))),
    [],
  );
});

test("the schema refuses a row without a source", () => {
  const cox = json("providers/cox.json") as { entries: { sources?: string[] }[] };
  delete cox.entries[0]?.sources;
  assert.equal(validate(cox), false);
});

test("the lists in data.ts, servers.ts, sources.ts and practice.ts name every file of the catalogue", () => {
  const lists = ["data.ts", "servers.ts", "sources.ts", "practice.ts"].map((list) =>
    readFileSync(new URL(`../../server/src/catalogue/${list}`, import.meta.url), "utf8"),
  );
  const named = lists.flatMap((list) =>
    [...list.matchAll(/"\.\.\/\.\.\/catalogue\/([^"]+\.json)"/g)].map((match) => match[1]),
  );
  assert.deepEqual(named.sort(), [...files].sort());
});

test("a provider's file is named by the provider's id", () => {
  const ids = providers.map(({ id }) => `providers/${id}.json`).sort();
  assert.deepEqual(ids, inFolder("providers").sort());
});

test("no two entries share an id, in any case of letters", () => {
  const ids = entries.map(({ id }) => id.toLowerCase());
  assert.deepEqual(ids, [...new Set(ids)]);
});

test("every entry is found by its id, and its id fits in a link", () => {
  for (const entry of entries) {
    assert.equal(entryById(entry.id)?.entry, entry);
    assert.match(entry.id, /^[\w.-]+\/[\w.-]+$/);
  }
});

test("no two rows of a provider claim the same token, code or words", () => {
  for (const { id } of providers) {
    const own = providerEntries.filter(({ entry }) => entry.provider === id).map(({ match }) => match);
    const keys = own.flatMap((match) => {
      const { mask, rest, words, code, and } = match;
      // What must stand beside them tells rows with the same words apart.
      const beside = [...(code ?? []), ...(and ?? []), ...(words === undefined ? [] : enhancedCodes(match))].join(" ");
      const names = words ?? [...tokensOf(match), ...(match.token === undefined ? enhancedCodes(match) : [])];
      return [
        ...names.map((name) => `${name} ${beside}`),
        ...[mask, rest && `${rest}*`].filter((key) => key !== undefined),
      ];
    });
    assert.deepEqual(keys, [...new Set(keys)], id);
  }
});

test("every source is used, and none is missing", () => {
  assert.deepEqual(sourceIds, [...new Set(sourceIds)]);
  const elsewhere = withoutSources.map(text);
  const unused = sourceIds.filter((id) => !elsewhere.some((content) => content.includes(`"${id}"`)));
  assert.deepEqual(unused, []);
});

test("every entry has a source with the day on which it was looked at, and a claim made from a source", () => {
  for (const { id, sources, claims } of entries) {
    assert.ok(sources.length > 0 && claims.length > 0, id);
    for (const source of [...sources, ...claims.map(({ source }) => source)]) {
      assert.match(source.checked, /^\d{4}-\d{2}-\d{2}$/, id);
    }
  }
});

test("every host, domain and remedy names a source that exists", () => {
  const ids = new Set(sourceIds);
  const named = files.flatMap((file) =>
    [...text(file).matchAll(/"source": "([^"]+)"/g)].map((match) => match[1] ?? ""),
  );
  assert.deepEqual(
    named.filter((id) => !ids.has(id)),
    [],
  );
});

test("contacts that a file defines are used", () => {
  for (const { id, contacts, entries } of providers) {
    const used = new Set(entries.flatMap((row) => row.contacts ?? []));
    assert.deepEqual(
      Object.keys(contacts ?? {}).filter((contact) => !used.has(contact)),
      [],
      id,
    );
  }
});

test("no text says that anything is simple, easy, obvious, or asks with an exclamation mark", () => {
  const said = [...providerEntries, ...sendingEntries, ...refusingEntries, ...standards.values()].flatMap(
    ({ entry }) => [
      entry.title,
      entry.meaning,
      entry.retry,
      ...[...entry.remedies, ...entry.practice].map((remedy) => remedy.text),
      ...entry.claims.map((claim) => claim.says),
      ...entry.notes,
    ],
  );
  const ours = said.map((words) => words.replace(/"[^"]*"/g, ""));
  const wrong = ours.filter((words) => /\b(?:simply|just|easily|obviously|please|best practices)\b|!/i.test(words));
  assert.deepEqual(wrong, []);
});

test("the first sentence of a meaning is short enough for a list of problems", () => {
  const long = entries.filter(({ meaning }) => (/^.*?[.](?=\s|$)/.exec(meaning)?.[0] ?? meaning).length > 200);
  assert.deepEqual(
    long.map(({ id }) => id),
    [],
  );
});

test("an open button leads to a page on the web by https", () => {
  const urls = entries.flatMap(({ remedies, practice }) =>
    [...remedies, ...practice].flatMap(({ action }) => (action?.kind === "open" ? [action.url] : [])),
  );
  for (const url of urls) assert.equal(new URL(url).protocol, "https:");
});
