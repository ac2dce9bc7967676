// The check over a pipe: what is planned, that nothing is asked before consent to just that plan, and what comes back.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { CancellationTokenSource } from "vscode-languageserver-protocol";
import type { Report } from "../../server/src/model.ts";
import { type CheckRefusal, methods, type PlanAnswer, type RowParams } from "../../server/src/protocol.ts";
import type { TestDns } from "../support/dns.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { coxLog, listed, questionsDuring, slow, startLists } from "./checkDns.ts";

let dns: TestDns;
let server: TestServer;
const rows: RowParams[] = [];
const log = "file:///var/log/mail.log";

before(async () => {
  dns = await startLists();
  server = await serverWith({ resolver: [dns.address] });
});
beforeEach(() => {
  rows.length = 0;
});
after(async () => {
  await server?.stop();
  await dns?.stop();
});

async function serverWith(check: unknown): Promise<TestServer> {
  const started = await startServer({ settings: { check } });
  started.connection.onNotification(methods.row, (params: RowParams) => void rows.push(params));
  // The settings have been read when the first diagnostics are there.
  await started.open({ uri: log, text: coxLog });
  return started;
}

function planRaw(params: unknown, at = server): Promise<PlanAnswer | CheckRefusal> {
  return at.connection.sendRequest(methods.plan, params);
}

async function planOf(params: { readonly ips: readonly string[]; readonly [name: string]: unknown }, at = server) {
  const answer = await planRaw({ origin: undefined, typed: {}, extras: false, keys: {}, ...params }, at);
  assert.ok("plans" in answer, JSON.stringify(answer));
  return answer;
}

function check(params: Record<string, unknown>, at = server): Promise<Report | CheckRefusal> {
  return at.connection.sendRequest(methods.check, { id: "1", index: 0, consent: true, fresh: false, ...params });
}

async function reportOn(ip: string, at = server): Promise<Report> {
  const { id } = await planOf({ ips: [ip] }, at);
  const answer = await check({ plan: id }, at);
  assert.ok("rows" in answer, `a report was expected: ${JSON.stringify(answer)}`);
  return answer;
}

function refusal(answer: object): string {
  assert.ok("refused" in answer && typeof answer.refused === "string", JSON.stringify(answer));
  return answer.refused;
}

function verdictOf(report: Report, id: string): string | undefined {
  return report.rows.find((row) => row.id === id)?.verdict;
}

test("the plan names the lists, the name questions and the resolver, and asks nobody", async () => {
  const asked = await questionsDuring(dns, async () => {
    const [plan] = (await planOf({ ips: [listed] })).plans;
    assert.ok(plan !== undefined);
    assert.deepEqual([plan.resolver, plan.subject.address.text], [dns.address, listed]);
    const zen = plan.questions.find(({ id }) => id === "zen.spamhaus.org");
    assert.match(zen?.what ?? "", /81\.2\.69\.160.* zen\.spamhaus\.org/);
    assert.match(zen?.whom ?? "", /Spamhaus/);
    assert.ok(plan.questions.some(({ id, probe }) => id === "ptr" && probe === "reverse-dns"));
    assert.ok(plan.questions.every(({ what, whom }) => what !== "" && whom !== ""));
  });
  assert.deepEqual(asked, []);
});

test("a plan from a line of the log holds the refusal, its time and its mail; what was typed comes first", async () => {
  const origin = { page: "cox/IPBL0001", log, line: 1 };
  const [plan] = (await planOf({ ips: [listed], origin })).plans;
  const { refusal, mail } = plan?.subject ?? {};
  assert.deepEqual([refusal?.label, refusal?.line, mail?.sender], ["AUP#IPBL0001", 1, "news@example.net"]);
  const zen = plan?.questions.find(({ id }) => id === "zen.spamhaus.org");
  assert.equal(zen?.bearing, "named");
  const [typed] = (await planOf({ ips: [listed], origin, typed: { sender: "a@example.org" } })).plans;
  assert.equal(typed?.subject.mail.sender, "a@example.org");
});

test("several addresses have a plan each, and each is carried out by its place in the answer", async () => {
  const { id, plans } = await planOf({ ips: [listed, "203.0.113.7", "81.2.69.161"] });
  assert.deepEqual(
    plans.map(({ subject, questions }) => [subject.address.text, questions.length > 0]),
    [
      [listed, true],
      ["203.0.113.7", false],
      ["81.2.69.161", true],
    ],
  );
  const report = await check({ plan: id, index: 2 });
  assert.equal("subject" in report && report.subject.address.text, "81.2.69.161");
});

test("a check streams each row before its report, and the rows are those of the report", async () => {
  const report = await reportOn(listed);
  const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id).sort();
  assert.ok(rows.every(({ id }) => id === "1"));
  assert.deepEqual(ids(rows.map(({ row }) => row)), ids(report.rows));
  for (const { row } of rows)
    assert.deepEqual(
      row,
      report.rows.find(({ id }) => id === row.id),
    );
  assert.deepEqual(
    ["zen.spamhaus.org", "ptr", "fcrdns"].map((id) => verdictOf(report, id)),
    ["listed", "pass", "pass"],
  );
  assert.match(report.verdict, /PBL/);
  assert.equal(report.ended, "complete");
  assert.ok(dns.queries().includes("160.69.2.81.zen.spamhaus.org A"));
});

test("addresses that are not public have no questions and are never asked about, even with consent", async () => {
  const asked = await questionsDuring(dns, async () => {
    for (const ip of [
      ...["203.0.113.7", "198.51.100.9", "192.0.2.1", "10.1.2.3", "100.64.1.1", "127.0.0.1", "2001:db8::1", "fe80::1"],
    ]) {
      const { id, plans } = await planOf({ ips: [ip], typed: { helo: "mail.example.net", sender: "a@example.net" } });
      assert.deepEqual(plans[0]?.questions, [], ip);
      assert.ok((plans[0]?.subject.address.explanation ?? "").startsWith(ip), ip);
      const report = await check({ plan: id });
      assert.deepEqual("rows" in report && [report.ended, report.rows], ["not-asked", []], ip);
    }
  });
  assert.deepEqual(asked, []);
});

test("without consent, or with anything that is no consent, nothing is asked", async () => {
  const { id } = await planOf({ ips: [listed] });
  const asked = await questionsDuring(dns, async () => {
    for (const consent of [undefined, false, "true", 1, null]) {
      assert.match(refusal(await check({ plan: id, consent })), /Nothing was asked/);
    }
  });
  assert.deepEqual(asked, []);
});

test("a plan that is not known, or a place that it does not have, is refused, and nothing is asked", async () => {
  const { id } = await planOf({ ips: [listed] });
  const asked = await questionsDuring(dns, async () => {
    for (const params of [
      ...[{ plan: "" }, { plan: "no such plan" }, { plan: undefined }, { plan: 7 }, { ip: listed }],
      ...[
        { plan: id, index: 1 },
        { plan: id, index: -1 },
        { plan: id, index: "0" },
        { plan: id, id: undefined },
      ],
    ])
      assert.match(refusal(await check(params)), /Nothing was asked/, JSON.stringify(params));
    for (const params of [null, "x", [], {}])
      assert.match(refusal(await server.connection.sendRequest(methods.check, params)), /Nothing was asked/);
  });
  assert.deepEqual(asked, []);
});

test("what is no address, or no plan at all, is refused in words", async () => {
  for (const ip of ["", "mail.example.net", "1.2.3", "256.1.1.1", "81.2.69.160/24", "1.2.3.4; rm"])
    assert.match(refusal(await planRaw({ ips: [ip] })), /no IP address/, ip);
  for (const params of [undefined, null, 7, [], {}, { ips: "81.2.69.160" }, { ips: [7] }, { ips: [null, listed] }])
    assert.match(refusal(await planRaw(params)), /no IP address/, JSON.stringify(params));
});

test("parameters in a shape that nobody sends are left out of the plan, and harm nobody", async () => {
  const odd = { origin: "cox/CXCNCT", typed: [1], extras: "yes", keys: 7 };
  const [plain] = (await planOf({ ips: [listed] })).plans;
  assert.deepEqual((await planOf({ ips: [listed], ...odd })).plans[0], plain);
  const more = {
    origin: { page: "no/such", line: -1 },
    typed: { helo: 1, dkim: "x" },
    keys: { dqs: 1, __proto__: "x" },
  };
  assert.deepEqual((await planOf({ ips: [listed], ...more })).plans[0], plain);
  const long = {
    typed: { helo: "a".repeat(100_000), dkim: Array.from({ length: 1_000 }, () => "s1._domainkey.x.test") },
  };
  assert.ok(JSON.stringify(await planOf({ ips: [listed], ...long })).length < 100_000);
});

test("a cancelled check keeps the rows that were done and says so", async () => {
  const cancel = new CancellationTokenSource();
  const { id } = await planOf({ ips: [slow] });
  server.connection.onNotification(methods.row, (params: RowParams) => {
    rows.push(params);
    if (params.row.id === "zen.spamhaus.org") cancel.cancel();
  });
  const params = { id: "2", plan: id, index: 0, consent: true, fresh: false };
  const report = await server.connection.sendRequest<Report>(methods.check, params, cancel.token);
  assert.equal(report.ended, "cancelled");
  assert.match(report.verdict, /Cancelled before all answers came\./);
  assert.deepEqual([verdictOf(report, "zen.spamhaus.org"), verdictOf(report, "ptr")], ["not-listed", "not-checked"]);
  assert.equal(rows.length, report.rows.length, "each row was streamed, finished or not");
});

test("a key is part of the question, and of no plan, row or report", async () => {
  const key = "k3ysecret0123456789abcdefgh";
  const answer = await planOf({ ips: [listed], keys: { dqs: key } });
  const report = await check({ plan: answer.id });
  assert.ok(dns.queries().includes(`160.69.2.81.${key}.zen.dq.spamhaus.net A`));
  assert.ok("rows" in report && verdictOf(report, "zen.spamhaus.org") !== undefined);
  for (const said of [answer, report, rows]) assert.equal(JSON.stringify(said).includes(key), false);
});
