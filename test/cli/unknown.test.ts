// `smtp-log-lens unknown`: what only the code explained, counted by what is said, and a row made of it. And `--rules`.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Ajv } from "ajv";
import schema from "../../server/catalogue/schema.json" with { type: "json" };
import { plainOf, readJson } from "../../server/src/rules/json.ts";
import { readRules } from "../../server/src/rules/read.ts";
import { fileOf, least, rulesText } from "../rules/rules.ts";
import { folderWith, run } from "./program.ts";

const line = (second: number, recipient: string, reply: string): string =>
  `Nov 23 18:16:0${second} mx1 postfix/smtp[904]: 1F327126${second}: to=<${recipient}>, relay=mx.partner.example[192.0.2.25]:25, delay=1, delays=0/0/0/1, dsn=5.0.0, status=bounced (host mx.partner.example[192.0.2.25] said: ${reply} (in reply to RCPT TO command))\n`;

const log =
  line(1, "ann@partner.example", "550 Mailbox ann is on holiday until 7 December") +
  line(2, "bob@partner.example", "550 Mailbox bob is on holiday until 24 December") +
  line(3, "eve@partner.example", "550 5.1.1 No such user") +
  line(4, "eve@partner.example", "559 Qqq zzz ppp");

const files = folderWith({
  "mail.log": log,
  "mail.log.1": line(5, "eve@partner.example", "559 Qqq zzz ppp"),
  "none.log": line(1, "eve@partner.example", "550 5.1.1 No such user"),
  "evil.log": line(1, "eve@partner.example", "550 \u001b[2J\u202e zzz </script> \u009b31m"),
  "my.json": rulesText([{ ...least, match: { words: ["is on holiday until"] } }]),
  "bad.json": rulesText([
    { ...least, reason: "spam" },
    { ...least, id: "b", match: { words: ["qqq zzz"] } },
  ]),
});
after(() => files.remove());

interface Listing {
  readonly failures: number;
  readonly unknown: number;
  readonly kinds: number;
  readonly replies: readonly {
    readonly template: string;
    readonly count: number;
    readonly first: { readonly file: string; readonly line: number };
    readonly example: string;
  }[];
}

async function listing(...args: string[]): Promise<Listing> {
  const { code, stdout, stderr } = await run(["unknown", ...args, "--json"]);
  assert.deepEqual([code, stderr], [0, ""]);
  return JSON.parse(stdout) as Listing;
}

test("what says the same is one line with its count, who said it and the first place", async () => {
  const { code, stdout, stderr } = await run(["unknown", files.path("mail.log")]);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^3 of 4 failures are explained by the code alone, in 2 wordings\.\n/);
  assert.match(
    stdout,
    / 1\. +2× {2}550 Mailbox \{name\} is on holiday until \{n\} December\n +nobody known; first at .*mail\.log:1\n/,
  );
  assert.match(stdout, / 2\. +1× {2}559 Qqq zzz ppp\n/);
  assert.doesNotMatch(stdout, /No such user/);
});

test("several files are one list, the same in any order of them", async () => {
  const [one, other] = [files.path("mail.log"), files.path("mail.log.1")];
  const listed = await listing(one, other);
  assert.deepEqual(await listing(other, one), listed);
  assert.deepEqual([listed.failures, listed.unknown, listed.kinds], [5, 4, 2]);
  const qqq = listed.replies.find(({ template }) => template === "559 Qqq zzz ppp");
  assert.deepEqual([qqq?.count, qqq?.first, qqq?.example], [2, { file: one, line: 4 }, "559 Qqq zzz ppp"]);
});

test("where everything is known it says so", async () => {
  const { code, stdout } = await run(["unknown", files.path("none.log")]);
  assert.deepEqual([code, stdout], [0, "The one failure is explained by more than its code.\n"]);
});

test("a row is valid for the catalogue and a rule as it is: saved, it explains the replies that it was made of", async () => {
  const { code, stdout } = await run(["unknown", files.path("mail.log"), "--row", "1"]);
  assert.equal(code, 0);
  const { rules, faults } = readRules([fileOf(stdout)]);
  assert.deepEqual([rules.length, faults], [1, [[]]]);
  const read = readJson(stdout);
  const { entries } = ("node" in read ? plainOf(read.node) : assert.fail()) as { entries: object[] };
  const validate = new Ajv({ strictTypes: false })
    .addSchema(schema, "catalogue")
    .getSchema("catalogue#/definitions/entry");
  assert.ok(validate?.(entries[0]), JSON.stringify(validate?.errors));
  assert.match(stdout, /is on holiday until/);
  assert.doesNotMatch(stdout, /partner\.example/, "nobody is named");
  assert.match(stdout, /\/\/ test\("TODO: a sentence about this reply", /);
  const saved = folderWith({ "row.json": stdout });
  try {
    const { replies } = await listing(files.path("mail.log"), "--rules", saved.path("row.json"));
    assert.deepEqual(
      replies.map(({ template }) => template),
      ["559 Qqq zzz ppp"],
    );
  } finally {
    saved.remove();
  }
});

test("a number that is not of the list, and no file, are not understood", async () => {
  for (const row of ["0", "3", "x", "-1", "1e1"]) {
    const { code, stdout, stderr } = await run(["unknown", files.path("mail.log"), `--row=${row}`]);
    assert.deepEqual([code, stdout], [2, ""], row);
    assert.match(stderr, /from 1 to 2/);
  }
  assert.equal((await run(["unknown"])).code, 2);
});

test("a file that cannot be read is named, and the others count", async () => {
  const { code, stdout, stderr } = await run(["unknown", files.path("gone.log"), files.path("mail.log")]);
  assert.equal(code, 1);
  assert.match(stderr, /gone\.log does not exist/);
  assert.match(stdout, /^3 of 4 failures/);
});

test("what a stranger says moves no cursor and ends no comment", async () => {
  for (const args of [[], ["--json"], ["--row", "1"]]) {
    const { stdout } = await run(["unknown", files.path("evil.log"), ...args]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
    assert.doesNotMatch(stdout.replaceAll("\n", ""), /[\u0000-\u001f\u007f-\u009f\u202e]/, args.join());
  }
});

test("rules of one's own are used by any command, and what is wrong in them is said with its line", async () => {
  const mine = await run(["analyse", files.path("mail.log"), "--rules", files.path("my.json")]);
  assert.match(mine.stdout, /2 {2}permanent {2}550 .* Our partner has no such mailbox \(Your rules; lines 1–2\)/);
  const bad = await run(["unknown", "--rules", files.path("bad.json"), files.path("mail.log"), "--json"]);
  assert.match(bad.stderr, /bad\.json:\d+: "reason" must be one of .* This rule is not used\.\n/);
  assert.equal((JSON.parse(bad.stdout) as Listing).unknown, 2);
  const report = await run(["report", files.path("mail.log"), "--rules", files.path("my.json")]);
  assert.match(report.stdout, / {10}2 {3}50\.0 % {2}permanent {2}550 .* Our partner has no such mailbox/);
  const explained = await run(["explain", "yours/no-mailbox", "--rules", files.path("my.json")]);
  assert.match(explained.stdout, /Our partner has no such mailbox/);
});

test("rules that cannot be read are not passed over", async () => {
  for (const path of [files.path("gone.json"), files.path()]) {
    const { code, stderr } = await run(["analyse", files.path("mail.log"), "--rules", path]);
    assert.equal(code, 2);
    assert.match(stderr, /(does not exist|is no file)\./);
  }
});
