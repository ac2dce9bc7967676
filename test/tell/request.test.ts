// The letter to a provider: what stands in it, from real lines, and nothing that nobody knows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { rowWith } from "./reports.ts";
import { findingsIn, goodCheck, ip, letterTo, measuredWith, realLines, whyNot } from "./requests.ts";

const blocked = realLines("AUP#CXBL");
const connections = realLines("AUP#CXCNCT");

test("a block of Cox's own is asked to be removed, by both addresses and the page, each with its source and day", () => {
  const { to, subject, text } = letterTo("cox/CXBL", blocked);
  assert.equal(subject, `Request to remove the block of ${ip} (AUP#CXBL)`);
  assert.deepEqual(
    to.map(({ value, kind, seen }) => [value, kind, seen]),
    [
      ["unblock.request@cox.net", "mail", "2025-05-08"],
      ["unblock@cox.net", "mail", "2025"],
      ["https://www.cox.com/business/support/cox-postmaster-administration.html", "web", "2026-11-23"],
    ],
  );
  assert.match(text, /^To: unblock\.request@cox\.net\nSubject: Request to remove/);
  assert.match(text, /unblock@cox\.net, seen 2025: Suped, on delivery problems with cox\.net/);
  assert.match(text.replaceAll("\n", " "), /Please remove the block/);
});

test("the first, the last and one rejection in other words between them stand in it word for word", () => {
  const { body } = letterTo("cox/CXBL", blocked);
  const words = findingsIn(blocked).map(({ delivery }) => delivery.words);
  assert.equal(words.length, 4);
  assert.match(body, /Three rejections, word for word:/);
  const greeting = words[0] ?? "";
  const sender = words.find((text) => text.startsWith("550 5.1.0 <s004@example.org>")) ?? "";
  for (const text of [greeting, sender]) assert.ok(text !== "" && body.includes(`\n${text}\n`), text);
  assert.equal(body.split(greeting).length - 1, 2, "as the first and as the last");
  assert.match(body, /1\. 2026-11-23 18:16:08 local time, from cxr\.mx\.a\.cloudfilter\.net:\n554/);
  assert.match(body, /3\. 2026-11-23 18:17:01 local time/);
});

test("it counts refusals, messages and recipients, and names domains but no recipient", () => {
  const { body, mailto = "" } = letterTo("cox/CXBL", blocked);
  assert.match(body, /Refusals: {7}4, of 2 messages to 2 recipients at cox\.net/);
  assert.doesNotMatch(body + decodeURIComponent(mailto), /case00\d/);
});

test("times of a log without a zone are said to be local, those of a log with one are in UTC", () => {
  const local = letterTo("cox/CXBL", blocked).body;
  assert.match(local, /First refusal: {2}2026-11-23 18:16:08 local time/);
  assert.match(local, /names no time zone: local times are those of our server, \[its zone\]/);
  const zoned = blocked.map((line) => line.replace(/^Nov 23 ([\d:]+)/, "2026-11-23T$1.120-05:00"));
  const { body } = letterTo("cox/CXBL", zoned);
  assert.match(body, /First refusal: {2}2026-11-23 23:16:08 UTC\n {2}Last refusal: {3}2026-11-23 23:17:01 UTC/);
  assert.doesNotMatch(body, /local|\[its zone\]/);
});

test("a log in the wrong order, as a shell gives rotated files, has its first refusal first all the same", () => {
  assert.equal(letterTo("cox/CXBL", blocked).body, letterTo("cox/CXBL", [...blocked].reverse()).body);
});

test("without a check nothing is said to be checked", () => {
  const { body } = letterTo("cox/CXBL", blocked);
  assert.match(body, /Reverse DNS: {4}not checked/);
  assert.match(body, /HELO name: {6}\[the name that your server says in HELO\]/);
  assert.doesNotMatch(body, /What we checked|listed/);
});

test("a check gives reverse DNS, the HELO name and the lists, each as it was answered, with its time", () => {
  const { body } = letterTo("cox/CXBL", blocked, {
    reports: [goodCheck()],
    helo: { name: "mx1.example.org", assumed: false },
  });
  assert.match(
    body,
    /Reverse DNS: {4}mx1\.example\.org, which leads back to the address \(checked 2026-11-24 09:30:00 UTC\)/,
  );
  assert.match(body, /HELO name: {6}mx1\.example\.org\n/);
  assert.match(body, /What we checked on 2026-11-24 09:30:00 UTC:\n {2}Reverse DNS: in order/);
  assert.match(body, /Not listed on: Spamhaus ZEN, SpamCop, PSBL\n {2}No answer from: Barracuda\n/);
  assert.doesNotMatch(body, /Before you send, then delete this: The check/);
});

test("of several checks the latest of this address counts; one of another address, and one that asked nothing, never", () => {
  const old = goodCheck({ started: "2026-11-20T09:30:00.000Z" });
  const other = goodCheck({
    subject: {
      ...goodCheck().subject,
      address: { text: "198.51.100.9", family: 4, class: "public", explanation: undefined },
    },
    started: "2026-11-24T11:00:00.000Z",
  });
  const unasked = goodCheck({ started: "2026-11-24T11:30:00.000Z", ended: "not-asked", rows: [] });
  const { body } = letterTo("cox/CXBL", blocked, { reports: [goodCheck(), old, other, unasked] });
  assert.match(body, /What we checked on 2026-11-24 09:30:00 UTC/);
  assert.doesNotMatch(body, /11:00:00 UTC|11:30:00 UTC|2026-11-20/);
});

test("what a check found against the address is in the letter, and the sender is told to mend it first", () => {
  const { rows } = goodCheck();
  const reports = [goodCheck({ rows: [...rows, rowWith({ question: "Is it on Spamhaus XBL?", lists: ["XBL"] })] })];
  const { body } = letterTo("cox/CXBL", blocked, { reports });
  assert.match(
    body.replaceAll("\n", " "),
    /Before you send, then delete this: The check of the address found: it is listed on Spamhaus XBL \(XBL\)/,
  );
  assert.match(body, /Listed on: Spamhaus XBL \(XBL\)\n/);
});

test("a HELO name that is only the log's host name is marked to be made sure of", () => {
  const { body } = letterTo("cox/CXBL", blocked, { helo: { name: "mx1", assumed: true } });
  assert.match(body, /HELO name: {6}mx1 \[the host's name in the log: make sure/);
});

test("a measurement gives what was accepted in the same time, and the sessions", () => {
  const { body } = letterTo("cox/CXCNCT", connections, { measurements: [measuredWith([3, 4])] });
  assert.match(body, /Accepted: {7}\d+ deliveries from 2026-11-23 18:1[56]:20 to 2026-11-23 18:1[78]:20/);
  assert.match(body, /Open sessions: {2}at most 4 at the same moment, by our log/);
  assert.match(body, /Your limit: {5}10 at the same moment; every refusal came while we kept it/);
});

test("a measurement of another address or provider says nothing here", () => {
  const measurements = [measuredWith([3], { sourceIp: "198.51.100.9" }), measuredWith([3], { provider: "yahoo" })];
  assert.doesNotMatch(letterTo("cox/CXBL", blocked, { measurements }).body, /Open sessions/);
});

test("the gap for what was changed names the computed change when there is one, as an example", () => {
  const throttle = {
    ...{
      provider: "cox",
      providerName: "Cox",
      domains: ["cox.net"],
      hosts: [],
      connections: 5,
      messagesPerConnection: 20,
    },
    ...{ recipientsPerMessage: undefined, pause: undefined, because: [] },
    measured: { sessions: 14, perMinute: 30, perHour: 60, secondsPerMessage: undefined },
  };
  const { body } = letterTo("cox/CXBL", blocked, { throttles: [throttle] });
  assert.match(
    body.replaceAll("\n", " "),
    /\[Say what you have changed, for example: our server now opens at most 5 connections to your hosts at the same time and sends at most 20 messages over each\.\]/,
  );
  assert.match(
    letterTo("cox/CXBL", blocked).body,
    /\[Say what you have changed: the cause you found, and what stops it\.\]/,
  );
});

test("a code that no source explains is asked about, not called a block", () => {
  const lines = blocked.map((line) => line.replaceAll("AUP#CXBL", "AUP#CXZZZ"));
  const { subject, body } = letterTo("cox/unknown-code", lines);
  assert.equal(subject, `Mail from ${ip} refused with AUP#CXZZZ`);
  assert.match(body.replaceAll("\n", " "), /tell us what the refusal means and what we should change/);
});

test("refusals by Yahoo go to Yahoo's form, under the codes and the token of the reply", () => {
  const lines = realLines("[TSS04]").map((line) =>
    line.replace(/421 4\.7\.0 \[TSS04\].*?(?= \(in reply|\)$|$)/, "554 5.6.0 [ZZS99] unheard of"),
  );
  const page = findingsIn(lines)[0]?.entry.id ?? "";
  const { to, subject, mailto } = letterTo(page, lines);
  assert.deepEqual(
    to.map(({ value, kind, seen }) => [value, kind, seen]),
    [["https://senders.yahooinc.com/contact/", "web", "2026-02-15"]],
  );
  assert.equal(subject, `Mail from ${ip} refused with 554 5.6.0 (ZZS99)`);
  assert.equal(mailto, undefined);
});

test("an old last refusal is to be made sure of before sending", () => {
  const { body } = letterTo("cox/CXBL", blocked, { now: new Date("2026-12-24T00:00:00Z") });
  assert.match(
    body.replaceAll("\n", " "),
    /The last refusal in this log is 30 days old: make sure that mail is still refused/,
  );
  assert.doesNotMatch(letterTo("cox/CXBL", blocked).body, /days old/);
});

test("a letter about a domain that has moved says so to the sender first", () => {
  const { body } = letterTo("cox/CXBL", blocked);
  assert.match(
    body.replaceAll("\n", " "),
    /Before you send, then delete this: cox\.net is answered by Yahoo since 2024-10-01, but these refusals came from Cox/,
  );
  const before = blocked.map((line) => line.replace("Nov 23", "2023-11-23T").replace(/T (\S+)/, "T$1Z"));
  assert.doesNotMatch(letterTo("cox/CXBL", before).body, /answered by Yahoo/);
});

test("a log without times, and a sender without an address, leave marked gaps", () => {
  const bounce = ["<<< 554 cmsmtp blocked. AUP#CXBL", "<<< 554 cmsmtp blocked. AUP#CXBL"];
  const { subject, body } = letterTo("cox/CXBL", bounce, { address: undefined });
  assert.equal(subject, "Request to remove the block of our mail server (AUP#CXBL)");
  assert.match(body, /\[its sending IP\]/);
  assert.match(body, /Sending IP: {5}\[your sending IP\]/);
  assert.match(body, /First refusal: {2}\[the log gives no full time: add it\]/);
  assert.match(body, /1\. At an unknown time:\n554 cmsmtp blocked/);
});

test("an IPv6 address in any spelling gathers its refusals", () => {
  const six = blocked.map((line) => line.replaceAll("cmsmtp blocked", "cmsmtp 2001:DB8:0::25 blocked"));
  const { subject, body } = letterTo("cox/CXBL", six, { address: "2001:db8::25" });
  assert.match(subject, /2001:db8::25/);
  assert.match(body, /Refusals: {7}4,/);
});

test("refusals of another address are left out, and named when there are no others", () => {
  const named = blocked.map((line) => line.replaceAll("cmsmtp blocked", "cmsmtp 198.51.100.9 blocked"));
  assert.match(
    whyNot("cox/CXBL", named.slice(0, 1)),
    /holds none with AUP#CXBL of 203\.0\.113\.25\. It shows those of 198\.51\.100\.9\./,
  );
});

test("thousands of refusals are counted, and the letter stays a letter", () => {
  const lines = Array.from({ length: 3_000 }, (_, at) => blocked[at % 4]?.replace("case003", `case${at}`) ?? "");
  const { body } = letterTo("cox/CXBL", lines);
  assert.match(body, /Refusals: {7}3,000,/);
  assert.ok(body.length < 4_000, String(body.length));
});
