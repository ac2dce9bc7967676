// Node's DNS client as our resolver: what each answer of a server becomes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { DnsType } from "../../server/src/check/resolver.ts";
import { createResolver, serverFault } from "../../server/src/node/resolver.ts";
import { startDns, type TestDns } from "../support/dns.ts";
import { freePort } from "../support/dns-ports.ts";
import { program } from "../support/dns-process.ts";
import { startStub } from "../support/dns-stub.ts";

const long = Array.from({ length: 12 }, () => `"${"x".repeat(200)}"`).join(" ");
let dns: TestDns;
before(async () => {
  dns = await startDns({
    records: [
      "mail.example.net. A 81.2.69.160",
      "mail.example.net. AAAA 2a02:6b8::25",
      "160.69.2.81.in-addr.arpa. PTR mail.example.net.",
      "161.69.2.81.in-addr.arpa. CNAME 161.customer.69.2.81.in-addr.arpa.",
      "example.net. MX 20 backup.example.net.",
      "example.net. MX 10 mx.example.net.",
      "nomail.example.net. MX 0 .",
      "161.customer.69.2.81.in-addr.arpa. PTR mx.example.net.",
      'text.example.net. TXT "v=spf1 " "-all"',
      `long.example.net. TXT ${long}`,
    ],
    faults: { "broken.test": "servfail", "closed.test": "refuse", "empty.test": "nodata", "silent.test": "drop" },
  });
});
after(() => dns.stop());

const never = () => new AbortController().signal;
const ask = (name: string, type: DnsType, servers = [dns.address], timeoutMs = 5_000) =>
  createResolver({ servers, timeoutMs }).query(name, type, never());

test("records of each type come back as text", async () => {
  assert.deepEqual(await ask("mail.example.net", "A"), { kind: "answer", records: ["81.2.69.160"], ttl: 60 });
  assert.deepEqual(await ask("mail.example.net.", "AAAA"), { kind: "answer", records: ["2a02:6b8::25"], ttl: 60 });
  const ptr = await ask("160.69.2.81.in-addr.arpa", "PTR");
  assert.deepEqual(ptr, { kind: "answer", records: ["mail.example.net"], ttl: undefined });
  const text = await ask("text.example.net", "TXT");
  assert.deepEqual(text, { kind: "answer", records: ["v=spf1 -all"], ttl: undefined });
});

test("mail exchangers come back with their preference, and one that takes no mail as the root (RFC 7505)", async () => {
  const answer = await ask("example.net", "MX");
  assert.ok(answer.kind === "answer");
  assert.deepEqual([...answer.records].sort(), ["10 mx.example.net", "20 backup.example.net"]);
  assert.deepEqual(await ask("nomail.example.net", "MX"), { kind: "answer", records: ["0 ."], ttl: undefined });
  assert.deepEqual(await ask("mail.example.net", "MX"), { kind: "nodata" });
  assert.deepEqual(await ask("nobody.example.net", "MX"), { kind: "nxdomain" });
});

test("just the name is asked, with or without its root dot: no search domain is ever added", async (t) => {
  const stub = await startStub(3);
  t.after(() => stub.stop());
  const before = process.env.LOCALDOMAIN;
  // c-ares reads its search domains from here as well as from resolv.conf.
  process.env.LOCALDOMAIN = "search.test";
  try {
    for (const name of ["nobody", "nobody.example.net", "Nobody.example.net."])
      assert.deepEqual(await ask(name, "A", [stub.address]), { kind: "nxdomain" });
    assert.deepEqual(await ask("nobody", "TXT", [stub.address]), { kind: "nxdomain" });
  } finally {
    if (before === undefined) delete process.env.LOCALDOMAIN;
    else process.env.LOCALDOMAIN = before;
  }
  assert.deepEqual(
    stub.asked().map((question) => question.toLowerCase()),
    ["nobody a", "nobody.example.net a", "nobody.example.net a", "nobody txt"],
  );
});

test("a silent server is asked once more, and the deadline holds", async (t) => {
  const stub = await startStub();
  t.after(() => stub.stop());
  const start = performance.now();
  assert.deepEqual(await ask("mail.example.net", "A", [stub.address], 1_500), { kind: "timeout" });
  const ms = performance.now() - start;
  assert.ok(ms >= 1_400 && ms < 10_000, `${ms} ms`);
  await stub.settle();
  assert.deepEqual(stub.asked(), ["mail.example.net A", "mail.example.net A"]);
});

test("the deadline is our own: it ends a question while Node's client would still wait for the silent server", async (t) => {
  const stub = await startStub();
  const wait = setTimeout;
  // Our timer goes by the test's clock, that of Node's client by the real one: it would ask for a minute.
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const controller = new AbortController();
  t.after(async () => {
    controller.abort();
    await stub.stop();
  });
  const open = createResolver({ servers: [stub.address], timeoutMs: 60_000 }).query("a.test", "A", controller.signal);
  let settled = false;
  const seen = open.finally(() => {
    settled = true;
  });
  await stub.settle();
  t.mock.timers.tick(59_000);
  await stub.settle();
  assert.equal(settled, false, "not before its time");
  t.mock.timers.tick(1_000);
  const patience = new Promise((resolve) => wait(resolve, 10_000, "still waiting").unref());
  assert.deepEqual(await Promise.race([seen, patience]), { kind: "timeout" });
});

test("a reverse zone delegated by CNAME (RFC 2317) is followed", async () => {
  const answer = await ask("161.69.2.81.in-addr.arpa", "PTR");
  assert.deepEqual(answer, { kind: "answer", records: ["mx.example.net"], ttl: undefined });
});

test("an answer too large for UDP comes by TCP", async () => {
  const answer = await ask("long.example.net", "TXT");
  assert.ok(answer.kind === "answer");
  assert.equal(answer.records[0]?.length, 2_400);
});

test("each kind of silence keeps its name", async () => {
  assert.deepEqual(await ask("nobody.example.net", "A"), { kind: "nxdomain" });
  assert.deepEqual(await ask("mail.example.net", "PTR"), { kind: "nodata" });
  assert.deepEqual(await ask("x.empty.test", "A"), { kind: "nodata" });
  assert.deepEqual(await ask("x.broken.test", "A"), { kind: "servfail" });
  assert.deepEqual(await ask("x.closed.test", "A"), { kind: "refused" });
  assert.deepEqual(await ask("x.silent.test", "A", [dns.address], 200), { kind: "timeout" });
  assert.deepEqual(await ask(`${"x".repeat(64)}.test`, "A"), { kind: "invalid" });
  assert.deepEqual(await ask("mail.example.net", "A", [`127.0.0.1:${await freePort()}`]), { kind: "unreachable" });
});

test("a server that fails, refuses or is silent hands the question to the next", async (t) => {
  for (const rcode of [2, 5, undefined]) {
    const stub = await startStub(rcode);
    t.after(() => stub.stop());
    const answer = await ask("mail.example.net", "A", [stub.address, dns.address], 1_200);
    assert.equal(answer.kind, "answer", `after ${rcode}`);
    assert.ok(stub.packets() > 0);
  }
});

test("NXDOMAIN is an answer: the next server is not asked", async (t) => {
  const stub = await startStub(5);
  t.after(() => stub.stop());
  assert.deepEqual(await ask("nobody.example.net", "A", [dns.address, stub.address]), { kind: "nxdomain" });
  await stub.settle();
  assert.equal(stub.packets(), 0);
});

test("a reverse name is asked of the server and never looked up in the hosts file", async (t) => {
  const stub = await startStub(5);
  t.after(() => stub.stop());
  assert.deepEqual(await ask("1.0.0.127.in-addr.arpa", "PTR", [stub.address]), { kind: "refused" });
});

test("a cancelled question ends at once, and others of the same resolver go on", async (t) => {
  const resolver = createResolver({ servers: [dns.address], timeoutMs: 60_000 });
  const controller = new AbortController();
  t.after(() => controller.abort());
  const silent = resolver.query("x.silent.test", "A", controller.signal);
  const other = resolver.query("mail.example.net", "A", never());
  controller.abort();
  assert.deepEqual(await silent, { kind: "cancelled" });
  assert.equal((await other).kind, "answer");
  assert.deepEqual(await resolver.query("mail.example.net", "A", controller.signal), { kind: "cancelled" });
});

test("the resolver is named by its servers", () => {
  assert.equal(createResolver({ servers: ["127.0.0.1:5300", "[::1]:53"] }).name, "127.0.0.1:5300, [::1]:53");
  assert.equal(typeof createResolver({ servers: undefined }).name, "string");
});

test("a DNS server is an address with or without a port, and anything else is explained", () => {
  for (const good of ["127.0.0.1", "127.0.0.1:5300", "::1", "[::1]", "[2a02:6b8::1]:5300"])
    assert.equal(serverFault(good), undefined);
  const bad = [
    "",
    "dns.example.net",
    "127.0.0.1:0",
    "127.0.0.1:65536",
    "127.0.0.1:x",
    "127.0.0.1:",
    "1.2.3:53",
    "[127.0.0.1]:53",
    "::1]:53",
    "[::1]53",
  ];
  for (const text of bad) {
    assert.match(serverFault(text) ?? "", /is no DNS server: write its address/, text);
    assert.throws(() => createResolver({ servers: [text] }), /is no DNS server/);
  }
  assert.throws(() => createResolver({ servers: [] }), /No DNS server is named/);
});

test("a missing server program is a failure that says what to install", () => {
  assert.throws(
    () => program("no-such-dns-server"),
    /no-such-dns-server is not installed.*apt-get install rbldnsd unbound/,
  );
});
