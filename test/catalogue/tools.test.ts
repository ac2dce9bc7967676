// The keeper of the catalogue: a row that is begun, the table of codes, sources that have grown old.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { ages, agesText } from "../../server/catalogue/tools/ages.ts";
import { codesTable } from "../../server/catalogue/tools/codesTable.ts";
import { addRow, WishError } from "../../server/catalogue/tools/newRow.ts";
import { entries, providers } from "../../server/src/catalogue/data.ts";
import type { Entry } from "../../server/src/model.ts";

const server = fileURLToPath(new URL("../../server/", import.meta.url));
const home = mkdtempSync(join(tmpdir(), "catalogue-"));
const folder = join(home, "catalogue");
cpSync(join(server, "catalogue"), folder, { recursive: true });
cpSync(join(server, "src", "catalogue", "data.ts"), join(home, "src", "catalogue", "data.ts"), { recursive: true });
after(() => rmSync(home, { recursive: true, force: true }));

const today = new Date("2026-11-25T12:00:00Z");
const text = (file: string): string => readFileSync(join(folder, file), "utf8");
const json = (file: string): unknown => JSON.parse(text(file));
const validate = new Ajv({ strictTypes: false }).compile(json("schema.json") as object);

interface Row {
  readonly id: string;
  readonly match: object;
  readonly sources: readonly string[];
  readonly examples: readonly string[];
}

function begun(provider: string, code: string, source?: string): Row {
  addRow(folder, { provider, code, source }, today);
  for (const file of [
    `providers/${provider}.json`,
    ...readdirSync(join(folder, "sources")).map((name) => `sources/${name}`),
  ])
    assert.ok(validate(json(file)), `${file} ${JSON.stringify(validate.errors)}`);
  const row = (json(`providers/${provider}.json`) as { entries: Row[] }).entries.at(-1);
  return row ?? assert.fail();
}

test("the table of codes is up to date: npm run catalogue -- table", () => {
  assert.equal(readFileSync(join(server, "catalogue", "CODES.md"), "utf8"), codesTable());
});

test("the table names every provider and each of its rows", () => {
  const table = codesTable();
  for (const { id, name, entries } of providers) {
    assert.ok(table.includes(`## ${name} (\`${id}\`)`), id);
    const part = table.split("\n## ").find((part) => part.includes(`(\`${id}\`)`)) ?? "";
    assert.equal(part.split("\n").filter((line) => line.startsWith("| `")).length, entries.length, id);
  }
});

test("a row is begun from what people call its code, valid, with a source and an example that a test will hold it to", () => {
  const token = begun("gmail", "ZQ-17");
  assert.deepEqual([token.id, token.match], ["ZQ-17", { token: "ZQ-17" }]);
  assert.match(token.examples[0] ?? "", /^554 5\.7\.1 ZQ-17 TODO/);
  assert.deepEqual(begun("gmail", "x.7.98").match, { enhanced: ["X.7.98"] });
  assert.deepEqual(begun("cox", "Too Many Sessions Here").match, { words: ["too many sessions here"] });
  assert.deepEqual(begun("cox", "471").match, { words: ["todo: words of the reply"], code: [471] });
});

test("the source goes to the file that the provider's rows use most, dated today; a known one is used as it is", () => {
  const [source = ""] = begun("united-internet", "ZQ-18").sources;
  const europe = (json("sources/europe.json") as { sources: { id: string; checked: string }[] }).sources;
  assert.equal(europe.find(({ id }) => id === source)?.checked, "2026-11-25");
  const before = text("sources/common.json");
  assert.deepEqual(begun("united-internet", "ZQ-19", "rfc5321").sources, ["rfc5321"]);
  assert.equal(text("sources/common.json"), before);
});

test("nothing but the new row changes in a file", () => {
  const before = text("providers/yahoo.json");
  begun("yahoo", "ZQ-20", "rfc5321");
  const added = text("providers/yahoo.json");
  const start = before.lastIndexOf("\n  ]");
  assert.equal(added.slice(0, start), before.slice(0, start));
  assert.ok(added.endsWith(before.slice(start)));
});

test("a provider that is not known gets a file and its line in the list", () => {
  begun("example-mail", "EM-1");
  const list = readFileSync(join(home, "src", "catalogue", "data.ts"), "utf8");
  assert.match(
    list,
    /import exampleMail from "\.\.\/\.\.\/catalogue\/providers\/example-mail\.json" with \{ type: "json" \};\n/,
  );
  assert.match(list, /\n {2}exampleMail,\n\] as readonly ProviderFile\[\];/);
});

test("what cannot be added is said, and nothing is written", () => {
  const files = () =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".json"))
      .map((file) => text(file));
  begun("cox", "ZQ-21");
  const before = files();
  const wrong = [
    ["cox", "ZQ-21"],
    ["Cox", "X1"],
    ["../cox", "X1"],
    ["cox", "X1", "no-such-source"],
  ] as const;
  for (const [provider, code, source] of wrong)
    assert.throws(() => addRow(folder, { provider, code, source }, today), WishError, `${provider} ${code}`);
  assert.deepEqual(files(), before);
});

function row(id: string, sources: readonly (readonly [string | undefined, string])[], grade = "provider"): Entry {
  const all = sources.map(([date, checked], number) => ({
    id: `s${number}`,
    name: "s",
    url: undefined,
    date,
    checked,
    via: undefined,
  }));
  const claims = all.map((source) => ({ says: "s", grade, source, topic: "meaning" }));
  return { ...entries[0], id, sources: all, claims } as Entry;
}

test("a row is old when nobody looked for two years, or when all its sources are older; a standard does not age", () => {
  const aged = ages(today, [
    row("a/fresh", [
      ["2019", "2026-01-01"],
      ["2026-05", "2026-01-01"],
    ]),
    row("a/unseen", [[undefined, "2024-11-24"]]),
    row("a/dated", [
      ["2019", "2026-01-01"],
      ["2024-11-24", "2026-01-01"],
    ]),
    row("a/just", [["2024-11-25", "2024-11-25"]]),
    row("a/year", [["2024", "2026-01-01"]]),
    row("a/page", [
      ["2010", "2026-01-01"],
      [undefined, "2026-01-01"],
    ]),
    row("a/rfc", [["2008-10", "2026-01-01"]], "standard"),
  ]);
  assert.deepEqual(aged, [
    { id: "a/unseen", checked: "2024-11-24", dated: undefined },
    { id: "a/dated", checked: undefined, dated: "2024-11-24" },
  ]);
  assert.match(
    agesText(aged),
    /looked at .* two years \(1\):\n {2}a\/unseen \(2024-11-24\)\n.*older than two years.* \(1\):\n {2}a\/dated/s,
  );
  assert.match(agesText([]), /^No row/);
});
