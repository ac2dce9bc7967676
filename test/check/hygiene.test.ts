// MTA-STS and TLS-RPT records, asked only on request: their form, and that they explain no refusal.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hygieneProbe } from "../../server/src/check/probes/hygiene.ts";
import { probesOf } from "../../server/src/check/probes/index.ts";
import type { Row } from "../../server/src/model.ts";
import { checkThrough, rowOf, subjectAt } from "../support/check.ts";
import { literalResolver } from "../support/dns-literal.ts";
import { attacks } from "../support/nasty.ts";

const ip = "81.2.69.160";
const names = { "mta-sts": "_mta-sts.example.net TXT", "tls-rpt": "_smtp._tls.example.net TXT" } as const;

async function say(id: keyof typeof names, records: readonly string[] | "nodata" | "servfail"): Promise<Row> {
  const subject = subjectAt(ip, { sender: "alice@example.net" });
  const resolver = literalResolver({ [names[id]]: records });
  return rowOf(await checkThrough(resolver, ip, { subject, probes: [hygieneProbe] }), id);
}

const cases: readonly (readonly [keyof typeof names, readonly string[], Row["verdict"], RegExp])[] = [
  ["mta-sts", ["v=STSv1; id=20260101T000000;"], "pass", /is well formed/],
  ["mta-sts", ["other", "v=STSv1;id=a"], "pass", /is well formed/],
  ["mta-sts", ["v=STSv1"], "fail", /id= is not 1 to 32 letters and digits/],
  ["mta-sts", ["v=STSv1; id=2026-01-01"], "fail", /id= is not/],
  ["mta-sts", [`v=STSv1; id=${"1".repeat(33)}`], "fail", /id= is not/],
  ["mta-sts", ["v=STSv1; id=1; id=2"], "fail", /the tag id occurs twice/],
  ["mta-sts", ["v=STSv1; id=1", "v=STSv1; id=2"], "fail", /2 of them stand at one name/],
  ["mta-sts", ["v=STSv2; id=1", "v=stsv1; id=1"], "not-checked", /publishes no MTA-STS record\. It need not\./],
  ["tls-rpt", ["v=TLSRPTv1; rua=mailto:tls@example.net"], "pass", /is well formed/],
  ["tls-rpt", ["v=TLSRPTv1;rua=mailto:a@example.net,https://example.net/r"], "pass", /is well formed/],
  ["tls-rpt", ["v=TLSRPTv1"], "fail", /rua= is not a list of mailto: and https: addresses/],
  ["tls-rpt", ["v=TLSRPTv1; rua=tls@example.net"], "fail", /rua= is not/],
  ["tls-rpt", ["v=TLSRPTv1; rua=http://example.net/"], "fail", /rua= is not/],
  ["tls-rpt", ["v=TLSRPTv1; rua=mailto:a@example.net,"], "fail", /rua= is not/],
];

for (const [id, records, verdict, answer] of cases) {
  test(`${id} is ${verdict}: ${records.join(" | ").slice(0, 60)}`, async () => {
    const row = await say(id, records);
    assert.equal(row.verdict, verdict);
    assert.match(row.answer, answer);
    assert.match(row.answer, /It is about mail to that domain and explains no refusal of this address\.$/);
    assert.equal(row.remedy !== undefined, verdict === "fail");
  });
}

test("absence is no fault, and no answer is unknown", async () => {
  assert.equal((await say("tls-rpt", "nodata")).verdict, "not-checked");
  assert.equal((await say("mta-sts", "servfail")).verdict, "unknown");
});

test("what strangers write is shown as plain text", async () => {
  for (const text of attacks) {
    const row = await say("mta-sts", [`v=STSv1; ${text}`]);
    for (const line of [row.answer, ...row.details, ...row.answers]) assert.match(line, /^[\x20-\x7e]*$/);
  }
});

test("they are asked only on request and only when the domain is known", () => {
  const known = subjectAt(ip, { sender: "alice@example.net" });
  const ids = (extras: boolean) =>
    probesOf({ lists: [], extras }).flatMap((probe) => probe.plan(known).map(({ id }) => id));
  assert.ok(!ids(false).includes("mta-sts"));
  assert.deepEqual(ids(true).slice(-2), ["mta-sts", "tls-rpt"]);
  assert.deepEqual(hygieneProbe.plan(subjectAt(ip)), []);
  const [planned] = hygieneProbe.plan(subjectAt(ip, { sender: "", headerFrom: "example.net" }));
  assert.equal(planned?.what, "the MTA-STS record _mta-sts.example.net");
  assert.equal(planned?.whom, "the name servers of example.net");
});
