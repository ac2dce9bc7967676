// `smtp-log-lens check`: nothing is asked before consent, and every end has its exit code.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Report } from "../../server/src/model.ts";
import { startDns, type TestDns } from "../support/dns.ts";
import { freePort } from "../support/dns-ports.ts";
import { run, start } from "./program.ts";

const listed = "81.2.69.160";
const clean = "81.2.69.161";
const unnamed = "81.2.69.162";
/** Its reverse zone never answers. */
const slow = "81.2.69.181";

let dns: TestDns;
before(async () => {
  dns = await startDns({
    lists: { "zen.spamhaus.org": { [listed]: ["127.0.0.11"] } },
    records: [
      ...["160.69.2.81.in-addr.arpa. PTR mail.example.net.", "mail.example.net. A 81.2.69.160"],
      ...["161.69.2.81.in-addr.arpa. PTR mx.example.net.", "mx.example.net. A 81.2.69.161"],
    ],
    faults: { "181.69.2.81.in-addr.arpa": "drop" },
  });
});
after(() => dns.stop());

async function questionsDuring(task: () => Promise<unknown>): Promise<readonly string[]> {
  const before = dns.queries().length;
  await task();
  return dns.queries().slice(before);
}

function check(ip: string, ...flags: string[]) {
  return run(["check", ip, "--resolver", dns.address, ...flags]);
}

test("without --yes and without a terminal the questions are shown and none is asked", async () => {
  const asked = await questionsDuring(async () => {
    const { code, stdout, stderr } = await check(listed);
    assert.deepEqual([code, stdout], [3, ""]);
    assert.match(stderr, /zen\.spamhaus\.org → .*Spamhaus/);
    assert.ok(stderr.includes(`go out through ${dns.address}`));
    assert.match(stderr, /Nothing was asked\. Add --yes/);
  });
  assert.deepEqual(asked, []);
});

test("a yes that is piped in is no consent, and neither is asking for JSON", async () => {
  const asked = await questionsDuring(async () => {
    assert.equal((await run(["check", listed, "--resolver", dns.address], "y\nyes\n")).code, 3);
    const { code, stdout } = await check(listed, "--json");
    assert.deepEqual([code, stdout], [3, ""]);
  });
  assert.deepEqual(asked, []);
});

test("with --yes the rows are printed, then the verdict; a listed address ends with exit code 1", async () => {
  const { code, stdout, stderr } = await check(listed, "--yes");
  assert.deepEqual([code, stderr], [1, ""]);
  assert.match(stdout, /Is it on Spamhaus ZEN\? LISTED: .*\(\d+ ms\)/);
  assert.match(stdout, /Does it have a name in reverse DNS\? ok: Its name is mail\.example\.net\./);
  assert.match(stdout, /PBL \(127\.0\.0\.11\) at .*what counted is the state at the time of the refusal\.\n$/);
});

test("an address with nothing against it ends with exit code 0, and is never called clean", async () => {
  const { code, stdout } = await check(clean, "--yes");
  assert.equal(code, 0);
  assert.match(stdout, /Not on Spamhaus ZEN/i);
  assert.match(stdout, /does not rule out/);
  assert.doesNotMatch(stdout, /\bclean\b/i);
});

test("an address without a name ends with exit code 1", async () => {
  const { code, stdout } = await check(unnamed, "--yes");
  assert.equal(code, 1);
  assert.match(stdout, /FAILS: The address has no name/);
});

test("--json gives one object with the verdict and the rows", async () => {
  const { code, stdout } = await check(listed, "--yes", "--json");
  assert.equal(code, 1);
  assert.equal(stdout.trimEnd().split("\n").length, 1);
  const report = JSON.parse(stdout) as Report;
  assert.match(report.verdict, /PBL/);
  assert.equal(report.address.text, listed);
  assert.equal(report.ended, "complete");
  assert.deepEqual(
    report.rows.map(({ id, verdict, resolver }) => [id, verdict, resolver]),
    [
      ["zen.spamhaus.org", "listed", dns.address],
      ["ptr", "pass", dns.address],
      ["fcrdns", "pass", dns.address],
    ],
  );
  assert.deepEqual(report.rows[0]?.asked[0], "160.69.2.81.zen.spamhaus.org A");
});

test("addresses that are not public are explained and never asked about", async () => {
  const asked = await questionsDuring(async () => {
    for (const ip of ["203.0.113.7", "192.0.2.1", "10.0.0.1", "100.64.0.1", "127.0.0.1", "::1", "2001:db8::7"]) {
      const { code, stdout } = await check(ip, "--yes");
      assert.equal(code, 3, ip);
      assert.match(stdout, /Nothing was asked: /, ip);
    }
    assert.match((await check("203.0.113.7")).stdout, /set aside for examples/);
    const report = JSON.parse((await check("203.0.113.7", "--json")).stdout) as Report;
    assert.equal(report.ended, "not-asked");
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

test("a resolver that is not there leaves the question open: exit code 3", async () => {
  const { code, stdout } = await run(["check", listed, "--yes", "--resolver", `127.0.0.1:${await freePort()}`]);
  assert.equal(code, 3);
  assert.match(stdout, /No DNS server answered at .*nothing is known about the address/);
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
  assert.match(stdout, /Is it on Spamhaus ZEN\? not listed/);
  assert.match(stdout, /reverse DNS\? not checked: The check was cancelled/);
  assert.match(stdout, /Cancelled before all answers came\./);
});
