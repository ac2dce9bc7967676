// The check over a pipe: what is planned, that nothing is asked before consent, and what comes back.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { CancellationTokenSource, type ShowMessageRequestParams } from "vscode-languageserver-protocol";
import type { CheckPlan, Report, Row } from "../../server/src/model.ts";
import { type CheckRefusal, methods, type RowParams } from "../../server/src/protocol.ts";
import { startDns, type TestDns } from "../support/dns.ts";
import { startServer, type TestServer } from "../support/server.ts";

const listed = "81.2.69.160";
const unnamed = "81.2.69.161";
/** Its reverse zone never answers. */
const slow = "81.2.69.181";

let dns: TestDns;
let server: TestServer;
const rows: RowParams[] = [];
/** What the test's user answers to the editor's messages, and what the messages said. */
const user = { answer: null as { title: string } | null, asked: [] as ShowMessageRequestParams[] };

before(async () => {
  dns = await startDns({
    lists: { "zen.spamhaus.org": { [listed]: ["127.0.0.11"] } },
    records: ["160.69.2.81.in-addr.arpa. PTR mail.example.net.", "mail.example.net. A 81.2.69.160"],
    faults: { "181.69.2.81.in-addr.arpa": "drop" },
  });
  server = await serverWith(dns.address);
});
beforeEach(() => {
  rows.length = 0;
  user.asked.length = 0;
  user.answer = null;
});
after(async () => {
  await server.stop();
  await dns.stop();
});

async function serverWith(resolver: string): Promise<TestServer> {
  const started = await startServer({ settings: { check: { resolver } } });
  started.connection.onNotification(methods.row, (params: RowParams) => void rows.push(params));
  started.connection.onRequest("window/showMessageRequest", (params: ShowMessageRequestParams) => {
    user.asked.push(params);
    return user.answer;
  });
  // The settings have been read when the first diagnostics are there.
  await started.open({ uri: "file:///var/log/mail.log", text: "" });
  return started;
}

function plan(ip: string, at = server): Promise<CheckPlan | CheckRefusal> {
  return at.connection.sendRequest(methods.plan, { ip });
}

function check(params: Record<string, unknown>, at = server): Promise<Report | CheckRefusal> {
  return at.connection.sendRequest(methods.check, { id: "1", consent: true, ...params });
}

async function reportOn(ip: string): Promise<Report> {
  const answer = await check({ ip });
  assert.ok("rows" in answer, `a report was expected: ${JSON.stringify(answer)}`);
  return answer;
}

function refusal(answer: object): string {
  assert.ok("refused" in answer && typeof answer.refused === "string", JSON.stringify(answer));
  return answer.refused;
}

async function questionsDuring(task: () => Promise<unknown>): Promise<readonly string[]> {
  const before = dns.queries().length;
  await task();
  return dns.queries().slice(before);
}

test("the plan names Spamhaus ZEN, both name questions and the resolver, and asks nobody", async () => {
  const asked = await questionsDuring(async () => {
    const planned = await plan(listed);
    assert.ok("questions" in planned);
    assert.equal(planned.resolver, dns.address);
    assert.equal(planned.address.text, listed);
    const [zen, ...names] = planned.questions;
    assert.match(zen?.what ?? "", /81\.2\.69\.160.* zen\.spamhaus\.org/);
    assert.match(zen?.whom ?? "", /Spamhaus/);
    assert.deepEqual(
      names.map(({ probe }) => probe),
      ["reverse-dns", "reverse-dns"],
    );
    assert.ok(planned.questions.every(({ what, whom }) => what !== "" && whom !== ""));
  });
  assert.deepEqual(asked, []);
});

test("a check streams each row before its report, and the rows are those of the report", async () => {
  const report = await reportOn(listed);
  assert.deepEqual(rows.map(({ id, row }) => `${id} ${row.id}`).sort(), ["1 fcrdns", "1 ptr", "1 zen.spamhaus.org"]);
  for (const { row } of rows)
    assert.deepEqual(
      row,
      report.rows.find(({ id }) => id === row.id),
    );
  assert.deepEqual(
    report.rows.map(({ verdict }) => verdict),
    ["listed", "pass", "pass"],
  );
  assert.match(report.verdict, /PBL.*127\.0\.0\.11/);
  assert.equal(report.ended, "complete");
  assert.ok(dns.queries().includes("160.69.2.81.zen.spamhaus.org A"));
});

test("the verdict names the code that the question comes from", async () => {
  const answer = await check({ ip: listed, entry: "cox/CXCNCT" });
  assert.match("verdict" in answer ? answer.verdict : "", /\(CXCNCT\)/);
});

test("addresses that are not public are never asked about, even with consent: zero questions", async () => {
  const asked = await questionsDuring(async () => {
    for (const ip of [
      "203.0.113.7",
      "198.51.100.9",
      "192.0.2.1",
      "10.1.2.3",
      "100.64.1.1",
      "127.0.0.1",
      "2001:db8::1",
      "fe80::1",
    ]) {
      const planned = await plan(ip);
      assert.ok("questions" in planned && planned.questions.length === 0, ip);
      assert.ok((planned.address.explanation ?? "").startsWith(ip), ip);
      const report = await reportOn(ip);
      assert.equal(report.ended, "not-asked", ip);
      assert.ok(report.rows.every((row: Row) => row.verdict === "not-checked" && row.asked.length === 0));
    }
  });
  assert.deepEqual(asked, []);
});

test("without consent, or with anything that is no consent, nothing is asked", async () => {
  const asked = await questionsDuring(async () => {
    for (const consent of [undefined, false, "true", 1, null]) {
      assert.match(refusal(await check({ ip: listed, consent })), /Nothing was asked/);
    }
  });
  assert.deepEqual(asked, []);
});

test("what is no address is refused in words", async () => {
  for (const ip of ["", "mail.example.net", "1.2.3", "256.1.1.1", "81.2.69.160/24", "1.2.3.4; rm"]) {
    assert.match(refusal(await plan(ip)), /no IP address/, ip);
    assert.match(refusal(await check({ ip })), /no address/, ip);
  }
});

test("a cancelled check keeps the rows that were done and says so", async () => {
  const cancel = new CancellationTokenSource();
  server.connection.onNotification(methods.row, (params: RowParams) => {
    rows.push(params);
    if (params.row.id === "zen.spamhaus.org") cancel.cancel();
  });
  const params = { id: "2", ip: slow, consent: true };
  const report = await server.connection.sendRequest<Report>(methods.check, params, cancel.token);
  assert.equal(report.ended, "cancelled");
  assert.match(report.verdict, /^Cancelled before all answers came\./);
  assert.deepEqual(
    report.rows.map(({ id, verdict }) => `${id} ${verdict}`),
    ["zen.spamhaus.org not-listed", "ptr not-checked", "fcrdns not-checked"],
  );
  assert.equal(rows.length, 3, "each row was streamed, finished or not");
});

test("a resolver setting that is no server is refused with what to mend", async () => {
  const other = await serverWith("not a server:99999");
  for (const answer of [await plan(listed, other), await check({ ip: listed }, other)]) {
    assert.match(refusal(answer), /is no DNS server/);
    assert.match(refusal(answer), /smtpLogLens\.check\.resolver/);
  }
  await other.stop();
});

/** Runs the command behind the code action in an editor without our client. */
function checkCommand(ip: string): Promise<unknown> {
  const params = { command: "smtpLogLens.server.checkIp", arguments: [`smtp-explain:/check/${ip}.md`] };
  return server.connection.sendRequest("workspace/executeCommand", params);
}

test("an editor without our client asks for consent by a message that names what goes to whom", async () => {
  const asked = await questionsDuring(async () => {
    await checkCommand(listed);
    assert.equal(user.asked.length, 1);
    const { message, actions } = user.asked[0] ?? {};
    assert.match(message ?? "", /zen\.spamhaus\.org/);
    assert.match(message ?? "", /Spamhaus/);
    assert.ok(message?.includes(dns.address), "the resolver is named");
    assert.deepEqual(actions, [{ title: "Ask now" }]);
  });
  assert.deepEqual(asked, [], "a message that is closed is no consent");
});

test("after consent by message the verdict is shown as a message", async () => {
  user.answer = { title: "Ask now" };
  await checkCommand(unnamed);
  assert.match(user.asked[1]?.message ?? "", /not on Spamhaus ZEN[\s\S]*reverse DNS/i);
  assert.ok(dns.queries().includes("161.69.2.81.zen.spamhaus.org A"));
});

test("the command explains a documentation address and asks neither the user nor the DNS", async () => {
  const asked = await questionsDuring(async () => {
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
  const asked = await questionsDuring(async () => {
    for (const args of [[], [7], ["smtp-explain:/cox/CXCNCT.md"], ["https://evil.example/"], [null, {}]]) {
      const params = { command: "smtpLogLens.server.checkIp", arguments: args };
      assert.equal(await server.connection.sendRequest("workspace/executeCommand", params), null);
    }
  });
  assert.deepEqual(asked, []);
  assert.deepEqual(user.asked, []);
});
