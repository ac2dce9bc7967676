// DNS over HTTPS (RFC 8484) through real servers: unbound by HTTP/2, dnsdist by plain HTTP on loopback, and one with HTTP/1.1 only.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { decode } from "dns-packet";
import { limit, usualLimits } from "../../server/src/check/limits.ts";
import type { DnsType } from "../../server/src/check/resolver.ts";
import { createDohResolver } from "../../server/src/node/doh.ts";
import { createResolver } from "../../server/src/node/resolver.ts";
import { startDns, type TestDns } from "../support/dns.ts";
import { type FaultyDns, startFaults } from "../support/dns-faults.ts";
import { freePort } from "../support/dns-ports.ts";
import { answerWith, startHttpStub, startHttpsStub } from "../support/doh-stub.ts";

const long = Array.from({ length: 13 }, (_, at) => `${at}`.padEnd(205, "x"));
let dns: TestDns;
let front: FaultyDns;
before(async () => {
  dns = await startDns({
    doh: true,
    lists: { "zen.spamhaus.org": { "81.2.69.160": ["127.0.0.2", "127.0.0.4"] } },
    authority: {
      "example.test": [
        "mail.example.test. A 81.2.69.160",
        "mail.example.test. AAAA 2a02:6b8::25",
        "example.test. MX 10 mail.example.test.",
        "none.example.test. MX 0 .",
        'example.test. TXT "v=spf1 " "ip4:81.2.69.160 -all"',
        "alias.example.test. CNAME mail.example.test.",
        `long.example.test. TXT ${long.map((part) => `"${part}"`).join(" ")}`,
      ],
      "69.2.81.in-addr.arpa": [
        "160.69.2.81.in-addr.arpa. PTR mail.example.test.",
        "161.69.2.81.in-addr.arpa. CNAME 161.customer.69.2.81.in-addr.arpa.",
        "161.customer.69.2.81.in-addr.arpa. PTR mail.example.test.",
      ],
    },
    faults: { "broken.test": "servfail", "silent.test": "drop" },
  });
  front = await startFaults(dns.address, { "closed.test": "refuse", "gone.test": "drop" });
});
after(async () => {
  await front?.stop();
  await dns?.stop();
});

const never = new AbortController().signal;
const overHttp2 = (timeoutMs = 10_000) =>
  createDohResolver({ endpoint: dns.doh?.endpoint ?? "", ca: dns.doh?.ca, timeoutMs });

test("answers over HTTPS are the same as by plain DNS, whatever is asked", async () => {
  const questions: readonly (readonly [string, DnsType])[] = [
    ["mail.example.test", "A"],
    ["mail.example.test.", "AAAA"],
    ["MAIL.Example.test", "AAAA"],
    ["alias.example.test", "A"],
    ["example.test", "MX"],
    ["none.example.test", "MX"],
    ["example.test", "TXT"],
    ["160.69.2.81.in-addr.arpa", "PTR"],
    ["161.69.2.81.in-addr.arpa", "PTR"],
    ["1.0.0.127.zen.spamhaus.org", "A"],
    ["160.69.2.81.zen.spamhaus.org", "A"],
    ["nobody.example.test", "A"],
    ["mail.example.test", "TXT"],
    ["x.broken.test", "A"],
    [`${"x".repeat(64)}.test`, "A"],
    ["a..test", "A"],
  ];
  const plain = createResolver({ servers: [dns.address], timeoutMs: 10_000 });
  const http = createDohResolver({ endpoint: front.endpoint, timeoutMs: 10_000 });
  for (const [name, type] of questions) {
    const expected = comparable(await plain.query(name, type, never));
    assert.deepEqual(comparable(await overHttp2().query(name, type, never)), expected, `${name} ${type}, HTTP/2`);
    assert.deepEqual(comparable(await http.query(name, type, never)), expected, `${name} ${type}, plain HTTP`);
  }
});

// Node's client tells the TTL of addresses only, and servers rotate the records.
function comparable(answer: Awaited<ReturnType<ReturnType<typeof createResolver>["query"]>>) {
  return answer.kind === "answer" ? { kind: "answer", records: [...answer.records].sort() } : answer;
}

test("an answer of 2.7 kB comes whole", async () => {
  const expected = { kind: "answer", records: [long.join("")], ttl: 0 };
  assert.deepEqual(await overHttp2().query("long.example.test", "TXT", never), expected);
});

test("what the server behind refuses is told as refused", async () => {
  const http = createDohResolver({ endpoint: front.endpoint });
  assert.deepEqual(await http.query("x.closed.test", "A", never), { kind: "refused" });
  // dnsdist says 403 to what it drops.
  assert.deepEqual(await http.query("x.gone.test", "A", never), { kind: "refused" });
});

test("a silent server costs its deadline, and other questions of the same connection are answered meanwhile", async (t) => {
  const stub = await startHttpsStub(
    (response, request) => {
      if (!request.body.includes("silent")) answerWith("127.0.0.2")(response, request);
    },
    { http2: true },
  );
  t.after(() => stub.stop());
  const resolver = createDohResolver({ endpoint: stub.endpoint, ca: stub.ca, timeoutMs: 1_000 });
  const silent = resolver.query("silent.test", "A", never);
  assert.equal((await resolver.query("mail.example.test", "A", never)).kind, "answer");
  assert.deepEqual(await silent, { kind: "timeout" });
  assert.equal(stub.connections(), 1);
});

test("a question that makes the server end the connection costs the others nothing", async () => {
  // unbound hangs up on a question that it is told to drop.
  const resolver = overHttp2();
  const names = ["mail.example.test", "x.silent.test", "alias.example.test", "y.silent.test", "nobody.example.test"];
  const answers = await Promise.all(names.map((name) => resolver.query(name, "A", never)));
  assert.deepEqual(
    answers.map(({ kind }) => kind),
    ["answer", "servfail", "answer", "servfail", "nxdomain"],
  );
});

test("cancel ends just its own question, at once", async (t) => {
  const silent = (): void => {};
  const stubs = [
    await startHttpStub(silent),
    await startHttpsStub(silent, { http2: true }),
    await startHttpsStub(silent, { http2: false }),
  ];
  t.after(() => Promise.all(stubs.map((stub) => stub.stop())));
  for (const { endpoint, ca } of stubs) {
    const resolver = createDohResolver({ endpoint, ca, timeoutMs: 60_000 });
    const controller = new AbortController();
    const open = ["a.test", "b.test"].map((name) => resolver.query(name, "A", controller.signal));
    let others = "waiting";
    const other = new AbortController();
    const left = resolver.query("c.test", "A", other.signal).then(({ kind }) => {
      others = kind;
    });
    const start = performance.now();
    controller.abort();
    assert.deepEqual(await Promise.all(open), [{ kind: "cancelled" }, { kind: "cancelled" }]);
    assert.ok(performance.now() - start < 1_000);
    assert.deepEqual(await resolver.query("d.test", "A", controller.signal), { kind: "cancelled" });
    assert.equal(others, "waiting");
    other.abort();
    await left;
    assert.equal(others, "cancelled");
  }
});

test("a hundred questions at once are all answered, over one connection", async (t) => {
  const stub = await startHttpsStub(answerWith("127.0.0.2"), { http2: true });
  t.after(() => stub.stop());
  const resolver = createDohResolver({ endpoint: stub.endpoint, ca: stub.ca, timeoutMs: 20_000 });
  const names = Array.from({ length: 100 }, (_, at) => `${at}.example.test`);
  const answers = await Promise.all(names.map((name) => resolver.query(name, "A", never)));
  assert.ok(answers.every(({ kind }) => kind === "answer"));
  assert.equal(stub.connections(), 1);
  assert.ok(stub.requests.every(({ version }) => version === "2.0"));
});

test("a server that has HTTP/1.1 only is asked by that", async (t) => {
  const stub = await startHttpsStub(answerWith("127.0.0.2"), { http2: false });
  t.after(() => stub.stop());
  const resolver = createDohResolver({ endpoint: stub.endpoint, ca: stub.ca, timeoutMs: 20_000 });
  const expected = { kind: "answer", records: ["127.0.0.2"], ttl: 60 };
  for (const name of ["a.test", "b.test"]) assert.deepEqual(await resolver.query(name, "A", never), expected);
  assert.deepEqual(
    stub.requests.map(({ version }) => version),
    ["1.1", "1.1"],
  );
});

test("a question is a POST that tells nothing but the question", async (t) => {
  for (const http2 of [true, false]) {
    const stub = await startHttpsStub(answerWith("127.0.0.2"), { http2 });
    t.after(() => stub.stop());
    const resolver = createDohResolver({ endpoint: `${stub.endpoint}{?dns}`, ca: stub.ca, timeoutMs: 20_000 });
    await resolver.query("secretkey.zen.dq.spamhaus.net", "A", never);
    const [request] = stub.requests;
    assert.equal(request?.method, "POST");
    assert.equal(request.path, "/dns-query", "the name, which may hold a key, is not in the address");
    assert.deepEqual(
      Object.keys(request.headers)
        .filter((name) => !name.startsWith(":"))
        .sort(),
      ["accept", ...(http2 ? [] : ["connection"]), "content-length", "content-type", ...(http2 ? [] : ["host"])],
    );
    assert.equal(request.headers["content-type"], "application/dns-message");
    assert.equal(request.headers.accept, "application/dns-message");
    const message = decode(request.body);
    assert.equal(message.id, 0);
    assert.deepEqual(message.questions, [{ name: "secretkey.zen.dq.spamhaus.net", type: "A", class: "IN" }]);
    assert.deepEqual(message.additionals, [], "no client subnet");
  }
});

test("a connection that ends is made anew for the next question", async (t) => {
  const stub = await startHttpsStub(
    (response, request) => {
      answerWith("127.0.0.2")(response, request);
      if (stub.requests.length === 1) setImmediate(() => stub.drop());
    },
    { http2: true },
  );
  t.after(() => stub.stop());
  const resolver = createDohResolver({ endpoint: stub.endpoint, ca: stub.ca, timeoutMs: 20_000 });
  await resolver.query("a.test", "A", never);
  await stub.dropped();
  assert.equal((await resolver.query("b.test", "A", never)).kind, "answer");
  assert.equal(stub.connections(), 2);
});

test("with no server at the endpoint a check knows at once that it is offline", async (t) => {
  for (const scheme of ["http", "https"]) {
    const resolver = createDohResolver({ endpoint: `${scheme}://127.0.0.1:${await freePort()}/dns-query` });
    const limited = limit(resolver, usualLimits, never);
    t.after(() => limited.close());
    const start = performance.now();
    const answers = await Promise.all(["a.test", "b.test", "c.test"].map((name) => limited.ask(name, "A")));
    assert.ok(answers.every(({ kind }) => kind === "unreachable"));
    assert.equal(limited.ended(), "offline");
    assert.ok(performance.now() - start < 2_000);
  }
});

test("a process that asked over HTTPS can end: its connection does not keep it", async (t) => {
  const stub = await startHttpStub(answerWith("127.0.0.2"));
  t.after(() => stub.stop());
  for (const { endpoint, ca } of [{ endpoint: stub.endpoint, ca: undefined }, dns.doh ?? stub]) {
    const script = `
      const { createDohResolver } = await import(${JSON.stringify(new URL("../../server/src/node/doh.ts", import.meta.url).href)});
      const resolver = createDohResolver(${JSON.stringify({ endpoint, ca, timeoutMs: 20_000 })});
      const { kind } = await resolver.query("mail.example.test", "A", new AbortController().signal);
      const asked = performance.now();
      process.on("exit", () => process.stdout.write(kind + " " + (performance.now() - asked < 3000)));`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    child.stdout.on("data", (data) => {
      said += data;
    });
    await once(child, "close");
    assert.equal(said, "answer true");
  }
});
