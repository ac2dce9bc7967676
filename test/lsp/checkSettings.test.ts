// What the settings do to a check, what its reports are copied as, and the check of editors without our client.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import type { ShowMessageRequestParams } from "vscode-languageserver-protocol";
import type { Report } from "../../server/src/model.ts";
import { type CheckRefusal, type KeyedList, methods, type PlanAnswer } from "../../server/src/protocol.ts";
import type { TestDns } from "../support/dns.ts";
import { freePort } from "../support/dns-ports.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { coxLog, listed, questionsDuring, slow, startLists, unnamed } from "./checkDns.ts";

let dns: TestDns;
let server: TestServer;
/** What the test's user answers to the editor's messages, and what the messages said. */
const user = { answer: null as { title: string } | null, asked: [] as ShowMessageRequestParams[] };

before(async () => {
  dns = await startLists();
  server = await serverWith({ resolver: dns.address });
});
beforeEach(() => {
  user.asked.length = 0;
  user.answer = null;
});
after(async () => {
  await server?.stop();
  await dns?.stop();
});

async function serverWith(check: unknown): Promise<TestServer> {
  const started = await startServer({ settings: { check } });
  started.connection.onRequest("window/showMessageRequest", (params: ShowMessageRequestParams) => {
    user.asked.push(params);
    return user.answer;
  });
  // The settings have been read when the first diagnostics are there.
  await started.open({ uri: "file:///var/log/mail.log", text: coxLog });
  return started;
}

function planOf(ip: string, at: TestServer): Promise<PlanAnswer | CheckRefusal> {
  return at.connection.sendRequest(methods.plan, { ips: [ip], typed: {}, extras: false, keys: {} });
}

async function reportOn(ip: string, at = server): Promise<Report> {
  const planned = await planOf(ip, at);
  assert.ok("id" in planned, JSON.stringify(planned));
  return at.connection.sendRequest(methods.check, { id: "1", plan: planned.id, index: 0, consent: true, fresh: false });
}

/** The report under these settings. */
async function reportUnder(check: unknown, ip: string): Promise<Report> {
  const other = await serverWith(check);
  try {
    return await reportOn(ip, other);
  } finally {
    await other.stop();
  }
}

function verdictOf(report: Report, id: string): string | undefined {
  return report.rows.find((row) => row.id === id)?.verdict;
}

test("of several resolvers in the settings the second is asked when the first is not there", async () => {
  const dead = `127.0.0.1:${await freePort()}`;
  const report = await reportUnder({ resolver: [dead, dns.address] }, listed);
  assert.equal(verdictOf(report, "zen.spamhaus.org"), "listed");
});

test("a check that is wanted before the editor has told its settings waits for them, and never asks another resolver", async () => {
  const other = await startServer({ settings: { check: { resolver: dns.address } }, settingsAfter: 300 });
  try {
    const planned = await planOf(listed, other);
    assert.ok("plans" in planned, JSON.stringify(planned));
    assert.deepEqual(
      planned.plans.map((one) => one.resolver),
      [dns.address],
    );
  } finally {
    await other.stop();
  }
});

test("a list that is switched off is not asked, and one that is switched on is", async () => {
  const lists = { "bl.spamcop.net": false, "dnsbl.test": true };
  const asked = await questionsDuring(dns, async () => {
    const report = await reportUnder({ resolver: [dns.address], lists }, unnamed);
    assert.deepEqual([verdictOf(report, "bl.spamcop.net"), verdictOf(report, "dnsbl.test")], [undefined, "listed"]);
  });
  assert.ok(asked.every((question) => !question.includes("spamcop")));
});

test("a dead list in the settings is never asked, and the plan says why", async (t) => {
  const other = await serverWith({ resolver: [dns.address], lists: { "dnsbl.sorbs.net": true } });
  t.after(() => other.stop());
  const planned = await planOf(listed, other);
  assert.ok("plans" in planned);
  assert.match(planned.plans[0]?.leftOut.join(" ") ?? "", /dnsbl\.sorbs\.net is never asked/);
  assert.ok(planned.plans[0]?.questions.every(({ what }) => !what.includes("sorbs")));
});

test("the time for all questions ends a check that is not done", async () => {
  const report = await reportUnder({ resolver: [dns.address], timeout: { question: 60_000, total: 700 } }, slow);
  assert.equal(report.ended, "deadline");
  assert.equal(verdictOf(report, "ptr"), "unknown");
});

test("the time for one question gives up that question only", async () => {
  const report = await reportUnder({ resolver: [dns.address], timeout: { question: 500, total: 30_000 } }, slow);
  assert.equal(report.ended, "complete");
  assert.deepEqual([verdictOf(report, "ptr"), verdictOf(report, "zen.spamhaus.org")], ["unknown", "not-listed"]);
  assert.ok((report.rows.find(({ id }) => id === "ptr")?.ms ?? Infinity) < 2_400, "less than without the setting");
});

test("a resolver setting that is no server is refused with what to mend", async (t) => {
  for (const check of [
    { resolver: "not a server:99999" },
    { resolver: ["192.0.2.1:0"] },
    { dnsOverHttps: "ftp://x" },
  ]) {
    const other = await serverWith(check);
    t.after(() => other.stop());
    const answer = await planOf(listed, other);
    assert.match("refused" in answer ? answer.refused : "", /\. Mend the settings under smtpLogLens\.check/);
  }
});

test("reports are copied as Markdown and as JSON, and redacted when that is wished", async () => {
  const reports = [await reportOn(listed)];
  const copy = (params: object) => server.connection.sendRequest<string>(methods.copy, { reports, ...params });
  const markdown = await copy({ format: "markdown", redact: false });
  assert.match(markdown, /^## Check of 81\\\.2\\\.69\\\.160\n/);
  const record = JSON.parse(await copy({ format: "json", redact: false }));
  assert.deepEqual([record.address, record.verdict], [listed, reports[0]?.verdict]);
  for (const format of ["markdown", "json"]) {
    const text = await copy({ format, redact: true });
    for (const own of [listed, "160.69.2.81", "mail.example.net", "example.net"])
      assert.equal(text.replaceAll("\\", "").includes(own), false, `${own} is left in ${text}`);
    assert.match(text.replaceAll("\\", ""), /\[sending IP\]/);
  }
});

test("what is no report is not copied, and the server lives on", async () => {
  const report = await reportOn(listed);
  for (const params of [
    ...[undefined, null, 7, {}, { reports: [] }, { reports: report, format: "json" }],
    ...[
      { reports: [report], format: "html" },
      { reports: [{}], format: "json" },
      { reports: [null], format: "json" },
    ],
    ...[
      { reports: [{ ...report, rows: "x" }], format: "json" },
      { reports: Array(51).fill(report), format: "json" },
    ],
    { reports: [{ ...report, rows: Array(201).fill(report.rows[0]) }], format: "json" },
  ])
    await assert.rejects(server.connection.sendRequest(methods.copy, params), /no reports of a check/);
  const odd = { subject: { address: { text: listed }, mail: 1, refusal: 1 }, rows: [1, null, { ms: "x" }], verdict: 1 };
  const text = await server.connection.sendRequest<string>(methods.copy, { reports: [odd], format: "markdown" });
  assert.match(text, /Check of/);
});

test("the lists that want a key are told with what the key is", async () => {
  const lists = await server.connection.sendRequest<KeyedList[]>(methods.keyed);
  assert.ok(lists.some(({ id }) => id === "dqs"));
  for (const { id, name, about } of lists) assert.ok(id !== "" && name !== "" && about.endsWith("."), id);
});

/** Runs the command behind the code action in an editor without our client. */
function checkCommand(page: string, ...more: readonly unknown[]): Promise<unknown> {
  const params = { command: "smtpLogLens.server.checkIp", arguments: [`smtp-explain:/check/${page}.md`, ...more] };
  return server.connection.sendRequest("workspace/executeCommand", params);
}

test("an editor without our client asks for consent by a message that names what goes to whom", async () => {
  const asked = await questionsDuring(dns, async () => {
    await checkCommand(`cox/IPBL0001/2/${listed}`, "file:///var/log/mail.log");
    assert.equal(user.asked.length, 1);
    const { message, actions } = user.asked[0] ?? {};
    assert.match(message ?? "", /^Check 81\.2\.69\.160 because of AUP#IPBL0001\?/);
    assert.match(message ?? "", /zen\.spamhaus\.org → Spamhaus/);
    assert.ok(message?.includes(dns.address), "the resolver is named");
    assert.deepEqual(actions, [{ title: "Ask now" }]);
  });
  assert.deepEqual(asked, [], "a message that is closed is no consent");
});

test("after consent by message the verdict and the rows are shown as a message", async () => {
  user.answer = { title: "Ask now" };
  await checkCommand(unnamed);
  assert.match(user.asked[1]?.message ?? "", /not listed: Is it on Spamhaus ZEN\?/);
  assert.match(user.asked[1]?.message ?? "", /FAILS: Does it have a name in reverse DNS\?/);
  assert.ok(dns.queries().includes("162.69.2.81.zen.spamhaus.org A"));
});

test("the command explains a documentation address and asks neither the user nor the DNS", async () => {
  const asked = await questionsDuring(dns, async () => {
    await checkCommand("203.0.113.7");
    assert.deepEqual(
      user.asked.map(({ actions }) => actions ?? []),
      [[]],
      "one message, without a button",
    );
    assert.match(user.asked[0]?.message ?? "", /set aside for examples/);
  });
  assert.deepEqual(asked, []);
});

test("commands with arguments that make no sense do nothing", async () => {
  const asked = await questionsDuring(dns, async () => {
    for (const args of [[], [7], ["smtp-explain:/cox/CXCNCT.md"], ["https://evil.example/"], [null, {}]]) {
      const params = { command: "smtpLogLens.server.checkIp", arguments: args };
      assert.equal(await server.connection.sendRequest("workspace/executeCommand", params), null);
    }
  });
  assert.deepEqual(asked, []);
  assert.deepEqual(user.asked, []);
});
