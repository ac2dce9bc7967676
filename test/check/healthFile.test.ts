// The health of lists is known once a machine: what one process learnt the next one believes, and a file that is not ours harms nobody.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { HealthKeeper, KnownHealth } from "../../server/src/check/health.ts";
import { blocklistProbe } from "../../server/src/check/probes/blocklist.ts";
import { openHealth } from "../../server/src/node/healthFile.ts";
import { checkThrough, listAt, rowOf } from "../support/check.ts";
import { startDns } from "../support/dns.ts";
import { startStub } from "../support/dns-stub.ts";

const hour = 3_600_000;
const key = "k3ysecret0123456789abcdefgh.zen.dq.spamhaus.net 4 192.168.1.1";
const healthy = (): KnownHealth => ({ health: "ok", until: Date.now() + 24 * hour });
const soon = () => Date.now() + hour / 2;

function place(t: TestContext): { readonly folder: string; readonly file: string } {
  const top = mkdtempSync(join(tmpdir(), "health-"));
  t.after(() => rmSync(top, { recursive: true, force: true }));
  const folder = join(top, "cache", "smtp-log-lens");
  return { folder, file: join(folder, "health.json") };
}

/** A folder in which this already lies as the file. */
function placeWith(t: TestContext, put: (file: string) => void) {
  const { folder, file } = place(t);
  mkdirSync(folder, { recursive: true });
  put(file);
  return { folder, file };
}

const remember = (keeper: HealthKeeper, what: string, known: KnownHealth = healthy()) =>
  keeper.lend(async (memory) => memory.set(what, known));
const recall = (keeper: HealthKeeper, what: string) => keeper.lend(async (memory) => memory.get(what));

/** The entries of the file, each of them a verdict and its end. */
function entriesIn(file: string): readonly (readonly [string, unknown])[] {
  return Object.entries(JSON.parse(readFileSync(file, "utf8")).entries);
}

test("the test entries of a list are asked once a day, by whichever process comes first", async (t) => {
  const { folder } = place(t);
  const dns = await startDns({ lists: { "zen.test": { "81.2.69.160": ["127.0.0.2"] } } });
  t.after(() => dns.stop());
  const probes = [blocklistProbe([listAt("zen.test")])];
  const askedFor = async (ip: string, server = dns.address) => {
    const now = () => new Date();
    const report = await openHealth(folder).lend((memory) => checkThrough(server, ip, { probes, memory, now }));
    const { asked, verdict } = rowOf(report, "zen.test");
    return { asked: asked.length, verdict };
  };
  assert.deepEqual(await askedFor("81.2.69.160"), { asked: 3, verdict: "listed" });
  assert.deepEqual(await askedFor("81.2.69.161"), { asked: 1, verdict: "not-listed" });
  const other = await startStub(5);
  t.after(() => other.stop());
  assert.deepEqual(await askedFor("81.2.69.161", other.address), { asked: 3, verdict: "unknown" });
});

test("what is kept is a verdict and its end: no list, no resolver and no key can be read, and nobody else may look", async (t) => {
  const { folder, file } = place(t);
  await remember(openHealth(folder), key, { health: "blocked", until: soon() });
  assert.deepEqual(readdirSync(folder), ["health.json"]);
  const text = readFileSync(file, "utf8");
  for (const part of key.split(/[ .]/).filter((word) => word.length > 3)) assert.ok(!text.includes(part), part);
  assert.match(text, /^\{"salt":"[0-9a-f]{32}","entries":\{"[0-9a-f]{64}":\["blocked",\d{13}\]\}\}\n$/);
  if (process.platform !== "win32") {
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
  }
  assert.equal((await recall(openHealth(folder), key))?.health, "blocked");
});

test("the same list has another name in another user's file", async (t) => {
  const files = [place(t), place(t)];
  for (const { folder } of files) await remember(openHealth(folder), key);
  const [mine, theirs] = files.map(({ file }) => entriesIn(file)[0]?.[0]);
  assert.notEqual(mine, theirs);
});

test("nothing is written when nothing was learnt", async (t) => {
  const { folder } = place(t);
  assert.equal(await recall(openHealth(folder), key), undefined);
  assert.ok(!existsSync(folder));
});

test("what a check learnt before it failed is kept", async (t) => {
  const { folder } = place(t);
  const failing = openHealth(folder).lend(async (memory) => {
    memory.set(key, healthy());
    throw new Error("the network went away");
  });
  await assert.rejects(failing, /the network went away/);
  assert.equal((await recall(openHealth(folder), key))?.health, "ok");
});

test("processes that check at the same time keep what each of them learnt", async (t) => {
  const { folder } = place(t);
  const [one, two] = [openHealth(folder), openHealth(folder)];
  await Promise.all([remember(one, "a.test"), remember(two, "b.test"), remember(one, "c.test")]);
  for (const name of ["a.test", "b.test", "c.test"])
    assert.equal((await recall(openHealth(folder), name))?.health, "ok", name);
  await remember(openHealth(folder), "d.test");
  assert.equal((await recall(one, "d.test"))?.health, "ok", "a process that is still there sees it too");
});

test("the file is bounded: those that end first are forgotten first, and what has ended is gone", async (t) => {
  const { folder, file } = place(t);
  const start = Date.now();
  await openHealth(folder).lend(async (memory) => {
    for (let at = 0; at < 700; at++) memory.set(`${at}.test`, { health: "ok", until: start + hour + at * 1_000 });
    memory.set("over.test", { health: "ok", until: start - 1 });
  });
  assert.equal(entriesIn(file).length, 500);
  assert.ok(statSync(file).size < 64 * 1_024);
  assert.equal(await recall(openHealth(folder), "199.test"), undefined);
  assert.equal((await recall(openHealth(folder), "200.test"))?.health, "ok");
  assert.equal(await recall(openHealth(folder), "over.test"), undefined);
});

const salt = "0".repeat(32);
const name = "f".repeat(64);
const broken: Readonly<Record<string, string>> = {
  nothing: "",
  half: `{"salt":"${salt}","entries":{"${name}":["ok",`,
  "no JSON": "\u0000\u0001\u0002",
  null: "null",
  number: "7",
  list: "[]",
  "no salt": `{"entries":{"${name}":["ok",${soon()}]}}`,
  "a strange salt": `{"salt":["${salt}"],"entries":{}}`,
  "no entries": `{"salt":"${salt}"}`,
  "entries that are none": `{"salt":"${salt}","entries":[[["ok",1]]]}`,
  prototype: `{"salt":"${salt}","entries":{"__proto__":["ok",${soon()}]},"__proto__":{"get":1}}`,
  deep: `${"[".repeat(50_000)}${"]".repeat(50_000)}`,
  large: `{"salt":"${salt}","entries":{},"more":"${"x".repeat(300_000)}"}`,
};

for (const [what, text] of Object.entries(broken))
  test(`a broken file is ignored and replaced: ${what}`, async (t) => {
    const { folder, file } = placeWith(t, (path) => writeFileSync(path, text));
    assert.equal(await recall(openHealth(folder), key), undefined);
    await remember(openHealth(folder), key);
    assert.equal(entriesIn(file).length, 1);
    assert.equal((await recall(openHealth(folder), key))?.health, "ok");
  });

test("an entry that we cannot have written is not believed: another verdict, no time, or a time too far away", async (t) => {
  const values = [
    ...[
      ["clean", soon()],
      ["untested", soon()],
      ["unproven", soon()],
      ["rewritten", soon()],
      ["toString", soon()],
    ],
    ...[
      ["ok", Date.now() + 30 * hour],
      ["ok", 1e300],
      ["dead", Date.now() + 2 * hour],
      ["ok", null],
      ["ok", "x"],
    ],
    ...[["ok"], [], {}, "ok", null, [["ok"], soon()]],
  ];
  const { folder, file } = place(t);
  await remember(openHealth(folder), key);
  const { salt, entries } = JSON.parse(readFileSync(file, "utf8"));
  const [hash = ""] = Object.keys(entries);
  for (const value of values) {
    writeFileSync(file, JSON.stringify({ salt, entries: { [hash]: value } }));
    assert.equal(await recall(openHealth(folder), key), undefined, JSON.stringify(value));
  }
  writeFileSync(file, JSON.stringify({ salt, entries: { [hash]: ["dead", soon()] } }));
  assert.equal((await recall(openHealth(folder), key))?.health, "dead");
});

test("a link in the file's place is neither read nor written through", async (t) => {
  const { folder, file } = place(t);
  const elsewhere = placeWith(t, (path) => writeFileSync(path, "precious\n"));
  mkdirSync(folder, { recursive: true });
  symlinkSync(elsewhere.file, file);
  await remember(openHealth(folder), key);
  assert.equal(readFileSync(elsewhere.file, "utf8"), "precious\n");
  assert.equal((await recall(openHealth(folder), key))?.health, "ok");
});

test("what is no file in the file's place holds nobody up: a folder, a pipe that nobody writes into", async (t) => {
  const puts: ((file: string) => void)[] = [(file) => mkdirSync(join(file, "deep"), { recursive: true })];
  if (process.platform !== "win32") puts.push((file) => assert.equal(spawnSync("mkfifo", [file]).status, 0));
  for (const put of puts) {
    const { folder } = placeWith(t, put);
    const keeper = openHealth(folder);
    await remember(keeper, key);
    assert.equal((await recall(keeper, key))?.health, "ok");
    assert.deepEqual(readdirSync(folder), ["health.json"]);
  }
});

test("where nothing can be written, or no folder is known, a process remembers for itself", async (t) => {
  const { folder: readOnly } = placeWith(t, (file) => writeFileSync(file, "mine"));
  chmodSync(readOnly, 0o500);
  const { file: noFolder } = placeWith(t, (file) => writeFileSync(file, "a file"));
  try {
    for (const folder of [readOnly, noFolder, join(noFolder, "below"), undefined]) {
      const keeper = openHealth(folder);
      await remember(keeper, key);
      assert.equal((await recall(keeper, key))?.health, "ok", folder);
    }
  } finally {
    chmodSync(readOnly, 0o700);
  }
  assert.equal(readFileSync(noFolder, "utf8"), "a file");
});
