// Endpoints that are broken, slow, enormous or lead elsewhere: each ends as a value, soon, and nothing is followed.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import type { DnsAnswer } from "../../server/src/check/resolver.ts";
import { createDohResolver } from "../../server/src/node/doh.ts";
import {
  answerTo,
  answerWith,
  type DohHandler,
  type DohStub,
  startHttpStub,
  startHttpsStub,
} from "../support/doh-stub.ts";

const never = new AbortController().signal;
const dns = { "content-type": "application/dns-message" };

async function through(stub: DohStub, { signal = never, timeoutMs = 10_000 } = {}): Promise<DnsAnswer> {
  try {
    const { endpoint, ca } = stub;
    return await createDohResolver({ endpoint, ca, timeoutMs }).query("mail.example.net", "A", signal);
  } finally {
    await stub.stop();
  }
}

/** What comes of an endpoint that answers so, over HTTP/1.1 and over HTTP/2. */
async function answersOf(handle: DohHandler, timeoutMs?: number): Promise<readonly DnsAnswer[]> {
  const stubs = [await startHttpStub(handle), await startHttpsStub(handle, { http2: true })];
  return Promise.all(stubs.map((stub) => through(stub, timeoutMs === undefined ? {} : { timeoutMs })));
}

/** Asserts that both are of this kind. */
async function assertKind(kind: DnsAnswer["kind"], handle: DohHandler, timeoutMs?: number): Promise<void> {
  assert.deepEqual(await answersOf(handle, timeoutMs), [{ kind }, { kind }]);
}

test("a server that fails is told as SERVFAIL, one that forbids as REFUSED", async () => {
  const bare =
    (status: number): DohHandler =>
    (response) => {
      response.writeHead(status, { "content-type": "text/html" });
      response.end("<h1>no</h1>");
    };
  for (const status of [500, 502, 503, 504]) await assertKind("servfail", bare(status));
  for (const status of [400, 401, 403, 404, 405, 413, 415, 429]) await assertKind("refused", bare(status));
});

test("an error status counts even when a sound answer comes along", async () => {
  await assertKind("servfail", (response, { body }) => {
    response.writeHead(500, dns);
    response.end(answerTo(body, [{ type: "A", name: "mail.example.net", ttl: 60, data: "127.0.0.2" }]));
  });
});

test("no redirect is followed, to another host or to the same", async (t) => {
  const elsewhere = await startHttpStub(answerWith("127.0.0.2"));
  t.after(() => elsewhere.stop());
  for (const status of [301, 302, 303, 307, 308])
    await assertKind("invalid", (response) => {
      response.writeHead(status, { location: elsewhere.endpoint });
      response.end();
    });
  assert.equal(elsewhere.requests.length, 0);
  const stub = await startHttpStub((response) => {
    response.writeHead(307, { location: "/other" });
    response.end();
  });
  assert.deepEqual(await through(stub), { kind: "invalid" });
  assert.equal(stub.requests.length, 1);
});

test("a page that is no DNS message is no answer, such as a captive portal's", async () => {
  await assertKind("invalid", (response, { body }) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end(answerTo(body, []));
  });
  await assertKind("invalid", (response) => {
    response.writeHead(200);
    response.end("welcome");
  });
  await assertKind("invalid", (response) => {
    response.writeHead(204, dns);
    response.end();
  });
});

test("the media type may have parameters and capitals", async () => {
  const handle: DohHandler = (response, { body }) => {
    response.writeHead(200, { "content-type": "Application/DNS-Message; charset=x" });
    response.end(answerTo(body, []));
  };
  assert.deepEqual(await answersOf(handle), [{ kind: "nodata" }, { kind: "nodata" }]);
});

test("a body that is no DNS message is no answer", async () => {
  for (const body of [Buffer.alloc(0), Buffer.from("welcome"), Buffer.alloc(12), Buffer.alloc(65_535, 0xc0)])
    await assertKind("invalid", (response) => {
      response.writeHead(200, dns);
      response.end(body);
    });
});

test("an answer longer than any DNS message is cut off", async () => {
  let sent = 0;
  const endless: DohHandler = (response) => {
    response.writeHead(200, dns);
    const more = () => {
      if (sent > 50_000_000 || response.write(Buffer.alloc(16_384)) === undefined) return;
      sent += 16_384;
      setImmediate(more);
    };
    more();
  };
  await assertKind("invalid", endless);
  assert.ok(sent < 50_000_000, `${sent} bytes`);
  await assertKind("invalid", (response) => {
    response.writeHead(200, dns);
    response.end(Buffer.alloc(65_536));
  });
});

test("a server that is slow, at its beginning or in its midst, costs the deadline and no more", async () => {
  const start = performance.now();
  await assertKind("timeout", () => {}, 300);
  await assertKind(
    "timeout",
    (response) => {
      response.writeHead(200, dns);
      response.write(Buffer.alloc(5));
    },
    300,
  );
  assert.ok(performance.now() - start < 10_000);
});

test("cancel in the midst of an answer ends it", async () => {
  for (const http2 of [true, false]) {
    const controller = new AbortController();
    const stub = await startHttpsStub(
      (response) => {
        response.writeHead(200, dns);
        response.write(Buffer.alloc(5));
        controller.abort();
      },
      { http2 },
    );
    assert.deepEqual(await through(stub, { signal: controller.signal }), { kind: "cancelled" });
  }
});

/** A TCP server that says this to everybody and then hangs up. */
async function blurting(text: string): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.end(text));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { port, stop: async () => void server.close() };
}

test("what does not speak HTTP, or no TLS, or hangs up, ends as a value too", async (t) => {
  const cases: readonly (readonly [string, string, DnsAnswer["kind"]])[] = [
    ["http", "220 mail.example.net ESMTP\r\n", "invalid"],
    ["http", "HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n", "invalid"],
    ["http", "", "servfail"],
    ["http", "HTTP/1.1 200 OK\r\ncontent-type: application/dns-message\r\ncontent-length: 90\r\n\r\nx", "servfail"],
    ["https", "220 mail.example.net ESMTP\r\n", "unreachable"],
    ["https", "", "unreachable"],
  ];
  for (const [scheme, text, kind] of cases) {
    const server = await blurting(text);
    t.after(() => server.stop());
    const resolver = createDohResolver({ endpoint: `${scheme}://127.0.0.1:${server.port}/`, timeoutMs: 10_000 });
    assert.deepEqual(await resolver.query("mail.example.net", "A", never), { kind }, `${scheme} ${text}`);
  }
});

test("an enormous header is refused by the client", async () => {
  const stub = await startHttpStub((response) => {
    response.writeHead(200, { ...dns, "x-large": "x".repeat(100_000) });
    response.end();
  });
  assert.deepEqual(await through(stub), { kind: "invalid" });
});

test("a server whose certificate nobody vouches for is not asked", async (t) => {
  for (const http2 of [true, false]) {
    const stub = await startHttpsStub(answerWith("127.0.0.2"), { http2 });
    t.after(() => stub.stop());
    const resolver = createDohResolver({ endpoint: stub.endpoint, timeoutMs: 20_000 });
    assert.deepEqual(await resolver.query("a.test", "A", never), { kind: "unreachable" });
    assert.equal(stub.requests.length, 0);
  }
});
