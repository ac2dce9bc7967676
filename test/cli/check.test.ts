// `smtp-log-lens check`: nothing is asked before consent, rows come as they are done, and every end has its exit code.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { TestDns } from "../support/dns.ts";
import { freePort } from "../support/dns-ports.ts";
import { fine, listed, questionsDuring, refused, slow, startLists, unnamed } from "./checkDns.ts";
import { run, start } from "./program.ts";

let dns: TestDns;
before(async () => {
  dns = await startLists();
});
after(() => dns?.stop());

function check(...args: string[]) {
  return run(["check", "--resolver", dns.address, ...args]);
}

test("without --yes and without a terminal the questions are shown and none is asked", async () => {
  const asked = await questionsDuring(dns, async () => {
    const { code, stdout, stderr } = await check(listed);
    assert.deepEqual([code, stdout], [3, ""]);
    assert.match(stderr, /zen\.spamhaus\.org → .*Spamhaus/);
    assert.ok(stderr.includes(`go out through ${dns.address}`));
    assert.match(stderr, /Nothing was asked\. Add --yes to agree/);
  });
  assert.deepEqual(asked, []);
});

test("a yes that is piped in is no consent, and neither is asking for JSON", async () => {
  const asked = await questionsDuring(dns, async () => {
    assert.equal((await run(["check", listed, "--resolver", dns.address], "y\nyes\n")).code, 3);
    for (const form of ["--json", "--markdown", "--redact"]) {
      const { code, stdout } = await check(listed, form);
      assert.deepEqual([code, stdout], [3, ""], form);
    }
  });
  assert.deepEqual(asked, []);
});

test("with --yes the rows are printed, then the verdict; a listed address ends with exit code 1", async () => {
  const { code, stdout, stderr } = await check(listed, "--yes");
  assert.deepEqual([code, stderr], [1, ""]);
  assert.match(stdout, /^Check of 81\.2\.69\.160\n {2}[✗✓?–] /);
  assert.match(stdout, /^ {2}✗ LISTED: Is it on Spamhaus ZEN\? \(\d+ ms\)$/m);
  assert.match(stdout, /^ {2}✓ ok: Does it have a name in reverse DNS\? .*\n +Its name is mail\.example\.net\.$/m);
  const behind = stdout.slice(stdout.lastIndexOf("\n  ")).split("\n").slice(2).join("\n");
  assert.match(behind, /PBL/, "the verdict stands behind the rows");
  assert.match(behind, /\nAsked through 127\.0\.0\.1:\d+\.\n$/);
});

test("an address with nothing against it ends with exit code 0, and is never called clean", async () => {
  const { code, stdout } = await check(fine, "--yes");
  assert.equal(code, 0);
  assert.match(stdout, /not listed: Is it on Spamhaus ZEN/);
  assert.doesNotMatch(stdout, /\bclean\b/i);
});

test("where one list gives no valid answer nothing is known for sure: exit code 3", async () => {
  const { code, stdout } = await check(fine, "--yes", "--list", "silent.test");
  assert.equal(code, 3);
  assert.match(stdout, /\? unknown: Is it on silent\.test\?/);
  assert.match(stdout, /✓ not listed: Is it on Spamhaus ZEN/);
});

test("a list that refuses the resolver is no all-clear: exit code 3, and no word of a listing", async () => {
  const { code, stdout } = await check(refused, "--yes");
  assert.equal(code, 3, stdout);
  assert.match(stdout, /\? refused to answer: Is it on Spamhaus ZEN\?/);
  assert.doesNotMatch(stdout, /LISTED/);
});

test("an address without a name ends with exit code 1", async () => {
  const { code, stdout } = await check(unnamed, "--yes");
  assert.equal(code, 1);
  assert.match(stdout, /✗ FAILS: Does it have a name in reverse DNS\?/);
});

test("addresses that are not public are explained and never asked about", async () => {
  const asked = await questionsDuring(dns, async () => {
    for (const ip of ["203.0.113.7", "192.0.2.1", "10.0.0.1", "100.64.0.1", "127.0.0.1", "::1", "2001:db8::7"]) {
      const { code, stdout } = await check(ip, "--yes", "--helo", "mail.example.net", "--from", "a@example.net");
      assert.equal(code, 3, ip);
      assert.match(stdout, /Nothing was asked: /, ip);
    }
    assert.match((await check("203.0.113.7")).stdout, /set aside for examples/);
    const report = JSON.parse((await check("203.0.113.7", "--json")).stdout);
    assert.equal(report.ended, "not-asked");
    assert.match(report.explanation, /set aside for examples/);
  });
  assert.deepEqual(asked, []);
});

test("a resolver that is no address ends with exit code 2, before anything else", async () => {
  for (const resolver of ["", "dns.example", "127.0.0.1:0", "127.0.0.1:99999", "[::1", "127.0.0.1:53:53"]) {
    const { code, stdout, stderr } = await run(["check", listed, "--yes", "--resolver", resolver]);
    assert.deepEqual([code, stdout], [2, ""], resolver);
    assert.match(stderr, /is no DNS server: write its address/, resolver);
  }
});

test("an endpoint that is no address of the web ends with exit code 2", async () => {
  for (const endpoint of ["", "dns.example", "ftp://dns.example/", "javascript:1"]) {
    const { code, stdout, stderr } = await run(["check", listed, "--yes", "--doh", endpoint]);
    assert.deepEqual([code, stdout], [2, ""], endpoint);
    assert.match(stderr, /^smtp-log-lens: .+\n/, endpoint);
  }
});

test("a resolver that is not there leaves the question open, in one message: exit code 3", async () => {
  const { code, stdout } = await run(["check", listed, "--yes", "--resolver", `127.0.0.1:${await freePort()}`]);
  assert.equal(code, 3);
  assert.match(stdout, /No DNS server answered at .*nothing is known about the address/);
  assert.doesNotMatch(stdout, /✗|✓|unknown|not checked/);
  assert.equal(stdout.trim().split("\n").length, 3, stdout);
});

test("the second resolver is asked when the first does not answer", async () => {
  const dead = `127.0.0.1:${await freePort()}`;
  const { code, stdout } = await run(["check", listed, "--yes", "--resolver", dead, "--resolver", dns.address]);
  assert.equal(code, 1);
  assert.match(stdout, /LISTED/);
});

test("Ctrl+C keeps the rows that are done and says that the check was cancelled", async () => {
  const { child, printed, ended } = start(["check", slow, "--yes", "--resolver", dns.address]);
  await printed(/Is it on Spamhaus ZEN\?/);
  child.kill("SIGINT");
  const { code, stdout, stderr } = await ended;
  assert.deepEqual([code, stderr], [3, ""]);
  assert.match(stdout, /✓ not listed: Is it on Spamhaus ZEN\?/);
  assert.match(stdout, /– not checked: Does it have a name in reverse DNS\?.*\n +The check was cancelled/);
  assert.match(stdout, /Cancelled before all answers came\./);
});

test("Ctrl+C among several addresses tells which ones nothing was asked about", async () => {
  const args = ["check", slow, fine, "--yes", "--resolver", dns.address];
  const asked = await questionsDuring(dns, async () => {
    const { child, printed, ended } = start(args);
    await printed(/Is it on Spamhaus ZEN\?/);
    child.kill("SIGINT");
    const { code, stdout, stderr } = await ended;
    assert.equal(code, 3);
    assert.match(stderr, /nothing was asked about 81\.2\.69\.161\./);
    assert.doesNotMatch(stdout, /Check of 81\.2\.69\.161/);
  });
  assert.ok(asked.every((question) => !question.startsWith("161.69.2.81.")));
});

test("what is typed about the mail is asked about too, and named in the plan", async () => {
  const mail = ["--helo", "mail.example.net", "--from", "news@example.net", "--header-from", "example.net"];
  const more = ["--dkim", "s1._domainkey.example.net", "--to", "cox.net"];
  const { stderr } = await check(listed, ...mail, ...more);
  for (const name of ["mail.example.net", "example.net", "cox.net"]) assert.ok(stderr.includes(name), name);
  const asked = await questionsDuring(dns, () => check(listed, "--yes", ...mail, ...more));
  for (const question of ["mail.example.net A", "cox.net MX"]) assert.ok(asked.includes(question), question);
});

test("--list asks a list besides the usual ones, --no-list leaves one out", async () => {
  const asked = await questionsDuring(dns, async () => {
    const { code, stdout } = await check(fine, "--yes", "--list", "dnsbl.test", "--no-list", "bl.spamcop.net.");
    assert.equal(code, 1);
    assert.match(stdout, /LISTED: Is it on dnsbl\.test\?/);
  });
  assert.ok(asked.includes("161.69.2.81.dnsbl.test A"));
  assert.ok(asked.every((question) => !question.includes("spamcop")));
});

test("a dead list is never asked: the plan says why", async () => {
  const asked = await questionsDuring(dns, async () => {
    const { stderr } = await check(fine, "--list", "dnsbl.sorbs.net");
    assert.match(stderr, /Not asked:\n {2}dnsbl\.sorbs\.net/);
    await check(fine, "--yes", "--list", "dnsbl.sorbs.net");
  });
  assert.ok(asked.every((question) => !question.includes("sorbs")));
});
