// Where `check` starts from: a code of the catalogue or a line of a log, and what a command line may not say.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { TestDns } from "../support/dns.ts";
import { fine, listed, questionsDuring, startLists } from "./checkDns.ts";
import { folderWith, run } from "./program.ts";

const cloudfilter = "cxr.mx.a.cloudfilter.net";

/** A Postfix line with a refusal of this address by Cox. */
function coxLine(ip: string, code: string, id: string): string {
  return `2026-11-23T10:02:07+00:00 mx1 postfix/smtp[911]: ${id}: to=<pat@cox.net>, relay=${cloudfilter}[192.0.2.8]:25, delay=1, delays=0/0/0.5/0.5, dsn=5.0.0, status=bounced (host ${cloudfilter}[192.0.2.8] said: 554 cmsmtp ${ip} blocked. Refer to the error codes section for more information. ${code} (in reply to MAIL FROM command))`;
}

const from = "2026-11-23T10:02:06+00:00 mx1 postfix/qmgr[1]: 4VtCqB1abcz9: from=<news@example.net>, size=1, nrcpt=1";
const quiet = "2026-11-23T10:02:05+00:00 mx1 postfix/anvil[3]: statistics: max cache size 1 at Nov 23 10:02:05\n";
const log = `${from}\n${coxLine(listed, "AUP#IPBL0001", "4VtCqB1abcz9")}\n${coxLine("192.0.2.77", "AUP#CXCNCT", "4VtCqB1abcz8")}\n`;

let dns: TestDns;
let folder: ReturnType<typeof folderWith>;
before(async () => {
  folder = folderWith({
    "mail.log": log,
    // More than is kept on both sides of a line.
    "large.log": `${quiet.repeat(130_000)}${log}${quiet.repeat(230_000)}`,
    "packed.log": Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
  });
  dns = await startLists();
});
after(async () => {
  folder.remove();
  await dns?.stop();
});

function check(...args: string[]) {
  return run(["check", "--resolver", dns.address, ...args]);
}

async function reportOf(...args: string[]) {
  const { stdout, stderr } = await check(...args, "--yes", "--json");
  assert.notEqual(stdout, "", stderr);
  return JSON.parse(stdout);
}

test("a provider and a code name the refusal, with and without AUP#, in any case of letters", async () => {
  for (const [provider, code] of [
    ["cox", "IPBL0001"],
    ["COX", "aup#ipbl0001"],
    ["Cox", "AUP#IPBL0001"],
  ] as const) {
    const { refusal } = await reportOf(listed, "--provider", provider, "--code", code);
    assert.deepEqual([refusal.entry, refusal.provider], ["cox/IPBL0001", "Cox"], code);
  }
});

test("a code that one provider has needs no provider", async () => {
  assert.equal((await reportOf(listed, "--code", "CXCNCT")).refusal.entry, "cox/CXCNCT");
  assert.equal((await reportOf(listed, "--code", "421 4.7.0")).refusal.entry, "standard/4.7.0");
});

test("an enhanced code of a provider is found whatever its first digit", async () => {
  assert.equal((await reportOf(listed, "--provider", "gmail", "--code", "5.7.28")).refusal.entry, "gmail/7.28");
});

test("a provider or a code that is not known ends with exit code 2 and a list of what there is", async () => {
  for (const [args, words] of [
    [["--provider", "nobody", "--code", "1"], /There is no provider "nobody"\. There are: .*cox, .*gmail/],
    [["--provider", "cox", "--code", "NOPE"], /Cox has no code "NOPE"\. There are: cox\/CXCNCT, /],
    [["--code", "zzzz"], /Nothing is known about the code "zzzz"/],
    [["--code", "connections"], /may be any of .*cox\/CXCNCT.*--provider/],
    [["--provider", "cox"], /Name the code too/],
  ] as const) {
    const { code, stdout, stderr } = await check(listed, "--yes", ...args);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.match(stderr, words);
  }
});

test("the rows that the code names are marked as such", async () => {
  const { stdout } = await check(listed, "--yes", "--provider", "cox", "--code", "IPBL0001");
  assert.match(stdout, /^Check of 81\.2\.69\.160 · refused with AUP#IPBL0001 by Cox$/m);
  assert.match(stdout, /^ {2}✗ LISTED: Is it on Spamhaus ZEN\? \(AUP#IPBL0001 names this; \d+ ms\)$/m);
});

test("a line of a log gives the refusal, its time, the address and the mail", async () => {
  const { address, refusal, mail } = await reportOf("--log", folder.path("mail.log"), "--line", "2");
  assert.equal(address, listed);
  assert.deepEqual([refusal.entry, refusal.code, refusal.line], ["cox/IPBL0001", "AUP#IPBL0001", 2]);
  assert.match(refusal.time, /^2026-11-23T10:02:07/);
  assert.deepEqual([mail.sender, mail.recipientDomain], ["news@example.net", "cox.net"]);
});

test("what is typed comes before what the log says", async () => {
  const { address, mail } = await reportOf(
    ...[listed, "--log", folder.path("mail.log"), "--line", "2", "--from", "<>", "--to", "pat@yahoo.example"],
  );
  assert.deepEqual([address, mail.sender, mail.recipientDomain], [listed, "", "yahoo.example"]);
});

test("an address of the log that is not public is explained, and nothing is asked", async () => {
  const asked = await questionsDuring(dns, async () => {
    const { code, stdout } = await check("--yes", "--log", folder.path("mail.log"), "--line", "3");
    assert.equal(code, 3);
    assert.match(stdout, /Nothing was asked: 192\.0\.2\.77/);
  });
  assert.deepEqual(asked, []);
});

test("of a large log what is near the line is read, the line keeps its number, and that is said", async () => {
  const line = 130_000 + 2;
  const args = ["--log", folder.path("large.log"), "--line", String(line)];
  const { stdout, stderr } = await check(...args, "--yes", "--json");
  const { refusal, mail } = JSON.parse(stdout);
  assert.deepEqual([refusal.entry, refusal.line, mail.sender], ["cox/IPBL0001", line, "news@example.net"]);
  assert.match(stderr, /^The log is large: only lines \d+ to \d+ were looked at\.\n$/);
});

test("a line without a refusal, a line behind the end and a file that cannot be read end with exit code 2", async () => {
  for (const [args, words] of [
    [["--log", folder.path("mail.log"), "--line", "1"], /no refusal on line 1 of .*The nearest are on lines 2, 3\./],
    [["--log", folder.path("mail.log"), "--line", "99"], /has 3 lines: there is no line 99/],
    [["--log", folder.path("mail.log"), "--line", "0"], /"0" is no line/],
    [["--log", folder.path("none.log"), "--line", "1"], /none\.log does not exist/],
    [["--log", folder.path(), "--line", "1"], /it is a directory/],
    [["--log", folder.path("packed.log"), "--line", "1"], /it is compressed/],
    [["--log", folder.path("mail.log")], /Name the file and the line/],
    [["--line", "2", listed], /Name the file and the line/],
    [["--log", folder.path("mail.log"), "--line", "2", "--code", "CXCNCT"], /either --log or --code/],
  ] as const) {
    const { code, stdout, stderr } = await check("--yes", ...args);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.match(stderr, words);
  }
});

test("what makes no sense about the mail, the lists or the form ends with exit code 2", async () => {
  for (const [args, words] of [
    [["--helo", "two words"], /"two words" is not a HELO name/],
    [["--from", "nobody"], /"nobody" is not an envelope sender/],
    [["--header-from", "a/b"], /"a\/b" is not a domain/],
    [["--to", ""], /"" is not a domain/],
    [["--dkim", "a b"], /"a b" is not the name of a DKIM key/],
    [["--list", "not a zone"], /take the zone of a DNS list/],
    [["--list", "a.test", "--no-list", "A.test."], /"a\.test" is in --list and in --no-list/],
    [["--json", "--markdown"], /either --json or --markdown/],
    [["--doh", "https://dns.test/dns-query"], /either --resolver or --doh/],
    [["1.2.3"], /"1\.2\.3" is no IP address/],
    [["--helo", "a\u202eb"], /"a‹U\+202E›b" is not/],
  ] as const) {
    const { code, stdout, stderr } = await check(fine, "--yes", ...args);
    assert.deepEqual([code, stdout], [2, ""], args.join(" "));
    assert.match(stderr, words);
  }
});

test("without an address and without a log there is nothing to check", async () => {
  const { code, stderr } = await run(["check", "--yes"]);
  assert.equal(code, 2);
  assert.match(stderr, /Name an address/);
});
