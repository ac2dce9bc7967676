// Reverse DNS on its way: the machine's hosts file never answers, and a lost packet is no missing name.
import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { test } from "node:test";
import { reverseDnsProbe } from "../../server/src/check/probes/reverseDns.ts";
import { createResolver } from "../../server/src/node/resolver.ts";
import { checkThrough, rowOf } from "../support/check.ts";
import { startDns } from "../support/dns.ts";
import { startStub } from "../support/dns-stub.ts";

test("the hosts file of the machine never answers: what the server refuses is refused", async (t) => {
  const stub = await startStub(5);
  t.after(() => stub.stop());
  const resolver = createResolver({ servers: [stub.address] });
  for (const name of ["1.0.0.127.in-addr.arpa", `${"0.".repeat(31)}ip6.arpa`.replace("0.", "1.0.")])
    assert.deepEqual(await resolver.query(name, "PTR", new AbortController().signal), { kind: "refused" }, name);
  assert.deepEqual(await resolver.query("localhost", "A", new AbortController().signal), { kind: "refused" });
});

test("a question whose first packet is lost is asked again and answered", async (t) => {
  const dns = await startDns({
    records: ["160.69.2.81.in-addr.arpa. PTR mail.example.net.", "mail.example.net. A 81.2.69.160"],
  });
  t.after(() => dns.stop());
  const seen = new Set<string>();
  const [host = "", port = ""] = dns.address.split(":");
  const lossy = createSocket("udp4").bind(0, "127.0.0.1");
  t.after(() => lossy.close());
  lossy.on("message", (query, from) => {
    // Behind the id of the packet stands the question.
    const question = query.subarray(2).toString("latin1");
    if (!seen.has(question)) return void seen.add(question);
    const out = createSocket("udp4")
      .unref()
      .once("message", (answer) => {
        out.close();
        lossy.send(answer, from.port, from.address);
      });
    out.send(query, Number(port), host);
  });
  await once(lossy, "listening");
  const resolver = createResolver({ servers: [`127.0.0.1:${lossy.address().port}`], timeoutMs: 3_000 });
  const report = await checkThrough(resolver, "81.2.69.160", { probes: [reverseDnsProbe] });
  assert.equal(rowOf(report, "ptr").verdict, "pass");
  assert.equal(rowOf(report, "fcrdns").verdict, "pass");
});
