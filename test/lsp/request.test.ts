// The request to a provider over the pipe: drafted from the open log, refused in words, and proof against what another client may send.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  type Draft,
  type ExplanationPage,
  type LoggedCode,
  methods,
  type RequestRefusal,
} from "../../server/src/protocol.ts";
import { logText, startServer, type TestServer } from "../support/server.ts";
import { goodCheck, ip } from "../tell/requests.ts";

const log = "file:///var/log/maillog";
let server: TestServer;

before(async () => {
  server = await startServer({ panel: true });
  await server.open({ uri: log, text: logText("real/postfix-maillog.log") });
});
after(() => server?.stop());

function ask(params: unknown): Promise<Draft | RequestRefusal> {
  return server.connection.sendRequest(methods.request, params);
}

async function letter(params: object): Promise<Draft> {
  const answer = await ask({ page: "cox/CXBL", log, ip, reports: [], ...params });
  assert.ok("body" in answer, JSON.stringify(answer));
  return answer;
}

async function refusal(params: object): Promise<string> {
  const answer = await ask({ page: "cox/CXBL", log, ip, reports: [], ...params });
  assert.ok("refused" in answer, JSON.stringify(answer));
  return answer.refused;
}

test("a letter tells what the open log shows", async () => {
  const { subject, body, to, mailto } = await letter({});
  assert.equal(subject, `Request to remove the block of ${ip} (AUP#CXBL)`);
  assert.match(body, /Refusals: {7}4, of 2 messages to 2 recipients at cox\.net/);
  assert.equal(to.length, 3);
  assert.match(mailto ?? "", /^mailto:unblock\.request@cox\.net\?subject=/);
});

test("reports of checks go into it as the panel sends them back", async () => {
  const reports: unknown = JSON.parse(JSON.stringify([goodCheck()]));
  const { body } = await letter({ reports });
  assert.match(body, /What we checked on 2026-11-24 09:30:00 UTC/);
});

test("without an address it is the one that the log names most, with the HELO name that the log lets assume, or a gap", async () => {
  const { body } = await letter({ ip: undefined });
  assert.match(body, /Sending IP: {5}\[your sending IP\]/);
  const dated = "2026-11-23T18:16:0";
  const line = (second: number, own: string) =>
    `${dated}${second}Z mx1.example.org postfix/smtp[9]: 63336136E: to=<a@cox.net>, relay=cxr.mx.a.cloudfilter.net[192.0.2.8]:25, delay=1, delays=0/0/0.5/0.5, dsn=4.0.0, status=deferred (host cxr.mx.a.cloudfilter.net[192.0.2.8] refused to talk to me: 554 cmsmtp ${own} blocked. AUP#CXBL)`;
  const text = [line(1, "198.51.100.9"), line(2, ip), line(3, ip)].join("\n");
  await server.open({ uri: "file:///two", text });
  const two = await letter({ log: "file:///two", ip: undefined });
  assert.match(two.subject, /203\.0\.113\.25/);
  assert.match(two.body, /HELO name: {6}mx1\.example\.org \[the host's name in the log/);
  assert.match(two.body, /First refusal: {2}2026-11-23 18:16:02 UTC/);
});

test("what cannot be drafted is refused with why", async () => {
  assert.match(await refusal({ page: "cox/CDRBL" }), /too late/);
  assert.match(await refusal({ page: "cox/IPBL0111" }), /only uses the list/);
  assert.match(await refusal({ page: "cox/NOSUCH" }), /no such code/);
  assert.match(await refusal({ page: "x".repeat(3_000) }), /no such code/);
  assert.match(await refusal({ log: "file:///closed" }), /open the log/);
  assert.match(await refusal({ ip: "mail.example.org" }), /no IP address/);
});

test("anything that is no such question is an error, and the server goes on", async () => {
  const wrong: unknown[] = [
    ...[null, 7, [], {}, { page: "cox/CXBL" }, { page: 7, log, reports: [] }],
    ...[
      { page: "cox/CXBL", log: "x".repeat(10_000), reports: [] },
      { page: "cox/CXBL", log, reports: "none" },
    ],
    ...[
      { page: "cox/CXBL", log, reports: [{}] },
      { page: "cox/CXBL", log, reports: new Array(60).fill(goodCheck()) },
    ],
  ];
  for (const params of wrong) await assert.rejects(ask(params), /name no page and log|InvalidParams|params/i);
  await letter({});
});

test("the codes of the log come with their counts, the most frequent first, and with why no letter helps", async () => {
  const codes = await server.connection.sendRequest<LoggedCode[]>(methods.loggedCodes, { uri: log });
  const counts = codes.map(({ count }) => count);
  assert.deepEqual(
    counts,
    [...counts].sort((a, b) => b - a),
  );
  const find = (page: string) => codes.find((code) => code.page === `smtp-explain:/${page}.md`);
  assert.equal(find("cox/CXBL")?.count, 4);
  assert.equal(find("cox/CXBL")?.noRequest, undefined);
  assert.match(find("cox/IPBL0111")?.noRequest ?? "", /only uses the list/);
  assert.equal(find("cox/IPBL0111")?.code, "AUP#IPBL0111");
  for (const params of [null, {}, { uri: 7 }, { uri: "file:///closed" }])
    assert.deepEqual(await server.connection.sendRequest(methods.loggedCodes, params), []);
});

test("a page says when no letter helps", async () => {
  const page = (id: string) =>
    server.connection.sendRequest<ExplanationPage>(methods.explain, { page: `smtp-explain:/${id}.md`, log });
  assert.equal((await page("cox/CXBL")).noRequest, undefined);
  assert.match((await page("cox/CXCNCT")).noRequest ?? "", /your turn first/);
});
