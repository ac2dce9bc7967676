// `smtp-log-lens request`: a letter, or why none helps, from logs of any size and in any order.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { nastyBytes } from "../support/nasty.ts";
import { ip, onDays, realLines } from "../tell/requests.ts";
import { folderWith, run } from "./program.ts";

const postfix = fileURLToPath(new URL("../logs/real/postfix-maillog.log", import.meta.url));
const exim = fileURLToPath(new URL("../logs/real/exim-mainlog.log", import.meta.url));
// With their year: without it a line's year depends on the day of the test.
const connections = onDays(realLines("AUP#CXCNCT")).map((line) => line.replace(/^Nov (\d\d) /, "2026-11-$1T"));
const moved = realLines("yahoodns.net").map((line) => line.replace(/to=<[^>]*>/, "to=<pat@cox.net>"));

const logs = folderWith({
  "old.log": `${connections.slice(0, 4).join("\n")}\n`,
  "new.log": `${connections.slice(4).join("\n")}\n`,
  "yahoo.log": `${moved.join("\n")}\n`,
  "nasty.log": nastyBytes(),
  "many.log": `${realLines("AUP#CXBL").join("\n")}\n`.repeat(20_000),
});
after(() => logs.remove());

function request(...args: string[]): ReturnType<typeof run> {
  return run(["request", ...args]);
}

test("the most frequent code that a letter helps with is asked about; the others are named beside the letter", async () => {
  const { code, stdout, stderr } = await request(ip, "--log", postfix, "--provider", "cox");
  assert.equal(code, 0);
  assert.match(
    stdout,
    /^To: unblock\.request@cox\.net\nSubject: Request to remove the block of 203\.0\.113\.25 \(AUP#CXBL\)\n/,
  );
  assert.match(stderr, /^The logs also hold AUP#CXCNCT \(9 refusals\), /);
});

test("a code can be named; when no letter helps with it the exit code is 3, and why is printed", async () => {
  for (const [name, why] of [
    ["CXCNCT", /^It is your turn first/],
    ["AUP#IPBL0111", /only uses the list/],
    ["cox/CXMJ", /owner of the sending account/],
    ["CDRBL", /too late/],
  ] as const) {
    const { code, stdout, stderr } = await request(ip, "--log", postfix, "--provider", "Cox", "--code", name);
    assert.deepEqual([code, stderr], [3, ""], name);
    assert.match(stdout, why);
  }
});

test("refusals over several files count together, whatever the order of the files", async () => {
  const told = async (...files: string[]) => {
    const { code, stdout } = await request(ip, "--provider", "cox", "--log", ...files);
    assert.equal(code, 0);
    return stdout;
  };
  const text = await told(logs.path("old.log"), logs.path("new.log"));
  assert.match(text, /First refusal: {2}\d{4}-11-23 18:16:10 local time/);
  assert.match(text, /Refusals: {7}9,/);
  assert.equal(await told(logs.path("new.log"), logs.path("old.log")), text);
});

test("Exim's log gives a letter too", async () => {
  const { code, stdout } = await request(ip, "--log", exim, "--provider", "cox", "--code", "CXBL");
  assert.equal(code, 0);
  assert.match(stdout, /Two rejections|Three rejections/);
});

test("a provider whose recipients another answers for by now cannot help", async () => {
  const { code, stdout } = await request(ip, "--log", logs.path("yahoo.log"), "--provider", "cox");
  assert.equal(code, 3);
  assert.match(
    stdout,
    /^Cox cannot help: Yahoo answered for these recipients, who were Cox's before\. Ask with --provider yahoo\.\n$/,
  );
});

test("JSON holds whom, subject, body and link, or why there is none", async () => {
  const { stdout } = await request(ip, "--log", postfix, "--provider", "cox", "--json");
  const draft: unknown = JSON.parse(stdout);
  assert.deepEqual(Object.keys(draft as object).sort(), ["body", "mailto", "subject", "text", "to"]);
  const none = await request(ip, "--log", postfix, "--provider", "cox", "--code", "CDRBL", "--json");
  assert.equal(none.code, 3);
  assert.deepEqual(Object.keys(JSON.parse(none.stdout) as object), ["refused"]);
});

test("standard input is a log like any other", async () => {
  const { code, stdout } = await run(["request", ip, "--log", "-", "--provider", "cox"], `${connections.join("\n")}\n`);
  assert.equal(code, 0);
  assert.match(stdout, /AUP#CXCNCT/);
});

test("a log of 80,000 refusals makes a letter of a page", async () => {
  const { code, stdout } = await request(ip, "--log", logs.path("many.log"), "--provider", "cox");
  assert.equal(code, 0);
  assert.match(stdout, /Refusals: {7}80,000,/);
  assert.ok(stdout.length < 4_000);
});

test("a hostile log writes nothing to the terminal but letters", async () => {
  for (const provider of ["cox", "yahoo", "cloudmark", "standard"]) {
    for (const flags of [[], ["--json"]]) {
      const { stdout, stderr } = await request(
        "203.0.113.7",
        "--log",
        logs.path("nasty.log"),
        "--provider",
        provider,
        ...flags,
      );
      assert.doesNotMatch(stdout.replaceAll("\n", "") + stderr.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u, provider);
    }
  }
});

test("another address has no refusals there, and whose there are is said", async () => {
  const { code, stdout } = await request("198.51.100.77", "--log", exim, "--provider", "gmail");
  assert.equal(code, 3);
  assert.match(stdout, /these logs hold none by Gmail of 198\.51\.100\.77|your turn first/);
});

test("a command line that lacks something is told what", async () => {
  for (const [args, what] of [
    [["--log", postfix, "--provider", "cox"], /Name one sending IP/],
    [[ip, "198.51.100.9", "--log", postfix, "--provider", "cox"], /Name one sending IP/],
    [[ip, "--provider", "cox"], /Name the log/],
    [[ip, "--log", postfix], /Name the provider/],
    [[ip, "--log", postfix, "--provider", "nobody"], /There is no provider "nobody"\. There are: .*cox/],
    [[ip, "--log", postfix, "--provider", "cox", "--code", "nonsense"], /Cox has no code "nonsense"/],
  ] as const) {
    const { code, stdout, stderr } = await request(...args);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.match(stderr, what);
  }
});

test("half the evidence misleads: a log that cannot be read ends it", async () => {
  const { code, stdout, stderr } = await request(ip, "--log", postfix, logs.path("gone.log"), "--provider", "cox");
  assert.deepEqual([code, stdout], [1, ""]);
  assert.match(stderr, /gone\.log does not exist\./);
});
