// What a DNS over HTTPS endpoint may be, what it is called, and when it is chosen.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createDohResolver, endpointFault } from "../../server/src/node/doh.ts";
import { createResolver } from "../../server/src/node/resolver.ts";
import { resolverFor } from "../../server/src/node/resolving.ts";
import { startStub } from "../support/dns-stub.ts";

test("the resolver is named by its endpoint, without what follows the path", () => {
  const name = (endpoint: string) => createDohResolver({ endpoint }).name;
  assert.equal(name("https://dns.example/dns-query"), "https://dns.example/dns-query");
  assert.equal(name("https://DNS.example:443/dns-query{?dns}"), "https://dns.example/dns-query");
  assert.equal(name("https://dns.example:8443/dns-query?token=secret#x"), "https://dns.example:8443/dns-query");
});

test("an endpoint is an HTTPS address, or HTTP on this machine, and anything else is explained", () => {
  for (const good of [
    "https://dns.example/dns-query",
    "https://dns.example/dns-query{?dns}",
    "https://192.0.2.1/dns-query",
    "https://[2001:db8::1]/",
    "http://127.0.0.1:8053/dns-query",
    "http://127.9.9.9/dns-query",
    "http://[::1]:8053/dns-query",
    "http://localhost/dns-query",
  ])
    assert.equal(endpointFault(good), undefined, good);
  const bad: readonly (readonly [string, RegExp])[] = [
    ["", /no DNS over HTTPS endpoint: write its address/],
    ["dns.example", /no DNS over HTTPS endpoint/],
    ["192.0.2.1:443", /no DNS over HTTPS endpoint/],
    ["ftp://dns.example/", /no DNS over HTTPS endpoint/],
    ["file:///etc/passwd", /no DNS over HTTPS endpoint/],
    ["https://", /no DNS over HTTPS endpoint/],
    [`https://dns.example/${"x".repeat(3_000)}`, /no DNS over HTTPS endpoint/],
    ["https://me:secret@dns.example/dns-query", /user name or a password/],
    ["http://dns.example/dns-query", /"http:\/\/dns\.example" is not encrypted.*write https:/],
    ["http://127.0.0.1.example/", /not encrypted/],
    ["http://localhost.example/", /not encrypted/],
    ["http://192.168.1.1/dns-query", /not encrypted/],
  ];
  for (const [text, why] of bad) {
    assert.match(endpointFault(text) ?? "", why, text.slice(0, 60));
    assert.throws(() => createDohResolver({ endpoint: text }), { name: "TypeError", message: why });
    assert.doesNotMatch(endpointFault(text) ?? "", /secret/);
  }
});

test("the settings choose: the endpoint when there is one, else the servers, else the system's own", async (t) => {
  const stub = await startStub(3);
  t.after(() => stub.stop());
  const endpoint = "https://dns.example/dns-query";
  assert.equal(resolverFor({ servers: [stub.address], endpoint }).name, endpoint);
  const plain = resolverFor({ servers: [stub.address], endpoint: undefined }, 10_000);
  assert.equal(plain.name, stub.address);
  assert.deepEqual(await plain.query("mail.example.test", "A", new AbortController().signal), { kind: "nxdomain" });
  const system = createResolver({ servers: undefined }).name;
  assert.equal(resolverFor({ servers: [], endpoint: undefined }).name, system);
  assert.throws(() => resolverFor({ servers: [], endpoint: "dns.example" }), /no DNS over HTTPS endpoint/);
  assert.throws(() => resolverFor({ servers: ["dns.example"], endpoint: undefined }), /is no DNS server/);
});
