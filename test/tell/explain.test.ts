// The explanation page: every claim with its source, disagreements visible, and what the log itself shows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { entries } from "../../server/src/catalogue/data.ts";
import type { Finding } from "../../server/src/model.ts";
import type { ExplanationPage } from "../../server/src/protocol.ts";
import { explain } from "../../server/src/tell/explain.ts";
import { coxLine, findingOf, findingsOf, known } from "./findings.ts";

const uri = "file:///var/log/mail.log";

function page(id: string, findings?: readonly Finding[], others: readonly Finding[] = []): ExplanationPage {
  return explain({ ...known(id), log: findings && { uri, findings, others } });
}

function kindOf({ verdict }: ExplanationPage) {
  const { value, tone } = verdict.find(({ label }) => label === "Kind") ?? {};
  return [value, tone];
}

function evidenceOn(page: ExplanationPage, topic: string): string | undefined {
  return page.claims.find((group) => group.topic === topic)?.evidence;
}

const cxcnct = coxLine("421 cmsmtp 81.2.69.160 blocked. AUP#CXCNCT");
const listed = coxLine("554 cmsmtp 81.2.69.160 blocked. AUP#IPBL0011");

test("AUP#CXCNCT shows that its sources disagree, each cause under its own heading, causes first", () => {
  const { claims, disputed } = page("cox/CXCNCT");
  assert.equal(disputed, true);
  const headings = claims.map(({ heading }) => heading);
  assert.deepEqual(headings.slice(0, 4), [
    "It is a limit on connections",
    "It is a throttle by reputation",
    "It is a blocklist",
    "It is the acceptable use policy",
  ]);
  assert.equal(new Set(claims.map(({ topic }) => topic)).size, claims.length, "each topic is one group");
});

test("no claim is lost or invented by the grouping, on any page", () => {
  for (const entry of entries) {
    const shown = explain({ entry, decoded: undefined, log: undefined }).claims.flatMap(({ claims }) => claims);
    const plain = shown.map(({ judgement: _, ...claim }) => claim);
    assert.deepEqual(new Set(plain), new Set(entry.claims), entry.id);
    assert.equal(shown.length, entry.claims.length, entry.id);
  }
});

test("every claim of every page has a source with a name, a day on which we looked, and a grade", () => {
  for (const { id, claims } of entries) {
    for (const { says, source, grade } of claims) {
      assert.ok(says !== "" && source.name !== "" && grade !== undefined, id);
      assert.match(source.checked, /^20\d\d-\d\d-\d\d$/, `${id}: ${source.id}`);
      assert.match(source.date ?? "2020", /^(?:19|20)\d\d(?:-\d\d){0,2}$/, `${id}: ${source.id}`);
    }
  }
});

test("every source that a page names stands in its list of sources, once", () => {
  for (const entry of entries) {
    const { sources, claims, contacts } = explain({ entry, decoded: undefined, log: undefined });
    const keys = sources.map(({ name, url, date }) => `${name} ${url} ${date}`);
    assert.equal(new Set(keys).size, keys.length, entry.id);
    const used = [...claims.flatMap((group) => group.claims), ...contacts].map(({ source }) => source);
    for (const { name, url, date } of used) assert.ok(keys.includes(`${name} ${url} ${date}`), `${entry.id}: ${name}`);
  }
});

test("all words of all entries are there, and none of them is markup", () => {
  assert.ok(entries.length >= 290);
  for (const entry of entries) {
    const page = explain({ entry, decoded: undefined, log: undefined });
    const words = [page.id, page.code, page.provider, page.title, ...page.meaning, ...page.notes];
    words.push(...page.verdict.flatMap(({ label, value }) => [label, value]), ...page.steps.map(({ text }) => text));
    for (const text of words) assert.ok(text.trim() === text && text !== "", `${entry.id}: ${JSON.stringify(text)}`);
    for (const text of words) assert.doesNotMatch(text, /(?<!Other |or )undefined|\[object|<\/?[a-z]+>|\]\(/, entry.id);
    assert.ok(page.meaning.length > 0, entry.id);
    assert.ok(page.steps.length > 0 || entry.id.startsWith("standard/"), `${entry.id} says what to do`);
    assert.deepEqual(
      page.verdict.map(({ label }) => label),
      ["Kind", "Try again", "Whose turn"],
    );
  }
});

test("an entry that leaves it to the reply never claims to be temporary or permanent by itself", () => {
  const open = entries.filter(({ permanence }) => permanence === "by-reply");
  assert.ok(open.length >= 50);
  for (const entry of open) {
    const page = explain({ entry, decoded: undefined, log: undefined });
    const [kind = "", tone] = kindOf(page);
    assert.doesNotMatch(kind, /temporary|permanent/i, entry.id);
    assert.equal(tone, "neutral", entry.id);
  }
  assert.deepEqual(kindOf(page("cox/CXDNS")), ["The reply code decides", "neutral"]);
  assert.deepEqual(kindOf(page("standard/250")), ["Success", "neutral"]);
  assert.deepEqual(kindOf(page("standard/354")), ["No failure: the server waits for more", "neutral"]);
  assert.deepEqual(kindOf(page("server/no-reply")), ["What became of the message decides", "neutral"]);
});

test("with a log open its replies decide: temporary, permanent, or both", () => {
  const soft = findingOf(coxLine("421 blocked. AUP#CXDNS"));
  const hard = findingOf(coxLine("550 5.1.0 rejected. AUP#CXDNS"));
  assert.deepEqual(kindOf(page("cox/CXDNS", [soft])), ["Temporary", "warning"]);
  assert.deepEqual(kindOf(page("cox/CXDNS", [hard, hard])), ["Permanent", "error"]);
  assert.deepEqual(kindOf(page("cox/CXDNS", [soft, hard])), ["Temporary and permanent, see the lines", "error"]);
});

test("both Cox unblock addresses are there, each with its own source and a note on the other", () => {
  const { contacts } = page("cox/CXCNCT");
  const [first, second] = contacts.filter(({ kind }) => kind === "mail");
  assert.deepEqual([first?.value, second?.value], ["unblock.request@cox.net", "unblock@cox.net"]);
  assert.notEqual(first?.source.id, second?.source.id);
  assert.match(first?.note ?? "", /unblock@cox\.net/);
  assert.match(second?.note ?? "", /unblock\.request@cox\.net/);
});

test("a mask decodes to its lists, each with its own removal page", () => {
  const { decoded, code, id } = page("cox/IPBL1111");
  assert.deepEqual([code, id], ["AUP#IPBL1111", "cox/IPBL1111"]);
  assert.equal(decoded?.subject, "sending-ip");
  assert.equal(decoded?.lists.length, 4);
  const removals = decoded?.lists.map(({ removal }) => removal ?? "") ?? [];
  assert.equal(new Set(removals).size, 4);
  for (const removal of removals) assert.match(removal, /^https:\/\//);
});

test("the log's evidence says how many replies were temporary and how many permanent", () => {
  const soft = findingOf(cxcnct);
  const hard = findingOf(coxLine("554 cmsmtp 81.2.69.160 blocked. AUP#CXCNCT"));
  const topic = known("cox/CXCNCT").entry.claims.some((claim) => claim.topic === "temporary")
    ? "temporary"
    : "permanence";
  const evidence = (findings: readonly Finding[]) => evidenceOn(page("cox/CXCNCT", findings), topic);
  assert.equal(evidence([soft]), 'its one reply said "try again" (4xx).');
  assert.equal(evidence([soft, soft, soft]), 'all 3 replies said "try again" (4xx).');
  assert.equal(evidence([hard, hard]), "all 2 replies refused for good (5xx).");
  assert.equal(evidence([soft, hard, soft]), '2 replies said "try again" (4xx), 1 refused for good (5xx).');
  assert.equal(evidenceOn(page("cox/CXCNCT"), topic), undefined, "without a log there is no evidence");
});

test("a failure without a reply is no evidence of 4xx or 5xx", () => {
  const late = { ...findingOf(cxcnct), delivery: { ...findingOf(cxcnct).delivery, reply: undefined } };
  for (const topic of ["temporary", "permanence"]) {
    assert.equal(evidenceOn(page("cox/CXCNCT", [late]), topic), undefined);
  }
});

test("a blocklist claim is held against the log: no list named, named by the code, or by another line", () => {
  const [own, other] = [findingOf(cxcnct), findingOf(listed)];
  const stranger = findingOf(listed.replaceAll("81.2.69.160", "81.2.69.144"));
  assert.match(evidenceOn(page("cox/CXCNCT", [own]), "blocklist") ?? "", /^these lines do not name a list\. Check/);
  assert.match(
    evidenceOn(page("cox/IPBL0011", [other]), "blocklist") ?? "",
    /^the code itself names the list: AUP#IPBL0011 stands for Spamhaus ZEN, /,
  );
  const later = { ...other, delivery: { ...other.delivery, line: 6 } };
  assert.match(evidenceOn(page("cox/CXCNCT", [own], [later]), "blocklist") ?? "", /but line 7 does/);
  assert.match(evidenceOn(page("cox/CXCNCT", [own], [stranger]), "blocklist") ?? "", /do not name a list\. Check/);
});

test("what the log shows is counted: lines, times, distinct recipients and addresses, bounded places", () => {
  const lines = Array.from({ length: 120 }, (_, at) =>
    coxLine("421 cmsmtp 81.2.69.160 blocked. AUP#CXCNCT", {
      time: `2023-06-03T10:${String(at % 60).padStart(2, "0")}:07+00:00`,
      to: `user${at % 30}@cox.net`,
    }),
  );
  const { log, checkIp } = page("cox/CXCNCT", findingsOf(...lines));
  assert.equal(log?.count, 120);
  assert.deepEqual([log?.first, log?.last], ["2023-06-03T10:00:07+00:00", "2023-06-03T10:59:07+00:00"]);
  assert.deepEqual([log?.recipients.shown.length, log?.recipients.total], [20, 30]);
  assert.deepEqual(log?.sourceIps, { shown: ["81.2.69.160"], total: 1 });
  assert.equal(log?.places.length, 50);
  assert.deepEqual(log?.places.map(({ line }) => line).slice(0, 3), [0, 1, 2]);
  assert.equal(checkIp, "81.2.69.160");
});

test("the buttons name what they do: the address to check, the host to open", () => {
  const labels = (findings?: readonly Finding[]) =>
    page("cox/CXCNCT", findings).steps.flatMap(({ button }) => (button?.kind === "check-ip" ? [button.label] : []));
  assert.deepEqual(labels(), ["Check an IP"]);
  assert.deepEqual(labels([findingOf(cxcnct)]), ["Check 81.2.69.160"]);
  for (const entry of entries) {
    for (const { button } of explain({ entry, decoded: undefined, log: undefined }).steps)
      if (button?.kind === "open") assert.match(button.url, /^https?:\/\//, entry.id);
  }
});

test("a page tells the field's practice, each step with its source, and lists that source with its date", () => {
  const { practice, sources } = page("cox/CDRBL", [findingOf(coxLine("554 cmsmtp 81.2.69.160 blocked. AUP#CDRBL"))]);
  assert.equal(practice.length, 5);
  for (const { text, source } of practice) {
    const listed = sources.find(({ url }) => url === source?.url);
    assert.ok(listed?.date, text);
  }
  assert.deepEqual(
    practice.flatMap(({ button }) => (button?.kind === "open" ? [button.label] : [])),
    ["Open senders.yahooinc.com", "Open postmaster.google.com"],
  );
});

test("what our own server refused calls for no practice of senders", () => {
  const finding = findingOf(coxLine("550 5.7.1 refused"));
  const ours = { ...finding, delivery: { ...finding.delivery, direction: "we-refused-them" as const } };
  assert.equal(page("standard/5.7.1", [finding, ours]).practice.length, 3);
  assert.deepEqual(page("standard/5.7.1", [ours, ours]).practice, []);
});
