// When no letter is drafted: whoever can help is named, and what helps instead.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readAddress } from "../../server/src/check/address.ts";
import { gather, noRequestFor, requestFor } from "../../server/src/request.ts";
import { known } from "./findings.ts";
import { answerTo, findingsIn, goodCheck, ip, letterTo, measuredWith, onDays, realLines, whyNot } from "./requests.ts";

const blocked = realLines("AUP#CXBL");
const connections = realLines("AUP#CXCNCT");
const reverse = realLines("AUP#CXDNS");

/** Real lines with another code of Cox. */
function withCode(code: string, lines: readonly string[] = blocked): readonly string[] {
  return lines.map((line) => line.replaceAll("AUP#CXBL", code));
}

test("a block that ends by itself within 24 hours needs no letter, by whose word that is, and what to do then", () => {
  const why = whyNot("cox/CDRBL", withCode("AUP#CDRBL"));
  assert.match(why, /^A letter would come too late: AUP#CDRBL ends by itself, at most 24 hours after it began/);
  assert.match(why, /Cox postmaster site, Error Codes \(retired\)/);
  assert.match(why, /Look through your outgoing mail for spam and stop it\. Send it again by hand after a day/);
  assert.doesNotMatch(why, /This log shows it over/);
});

test("one that comes back day after day is earned anew: still no letter, but the cause is at home", () => {
  const why = whyNot("cox/CDRBL", onDays(withCode("AUP#CDRBL")));
  assert.match(why, /This log shows it over 3 days: each time the address earned it anew/);
});

test("AUP#CXCNCT for a minute is the sender's turn first; for two days it is worth a letter", () => {
  assert.match(whyNot("cox/CXCNCT", connections), /^It is your turn first\. Limit the simultaneous connections/);
  assert.match(whyNot("cox/CXCNCT", connections), /for 2 days all the same; in this log they span \d+ seconds\.$/);
  assert.match(whyNot("cox/CXCNCT", onDays(connections.slice(0, 2))), /they span 1 day\.$/);
  assert.match(letterTo("cox/CXCNCT", onDays(connections)).subject, /AUP#CXCNCT/);
});

test("a log without times does not show that refusals last", () => {
  assert.match(whyNot("cox/CXCNCT", ["<<< 421 cmsmtp blocked. AUP#CXCNCT"]), /these lines name no time\.$/);
});

test("a log that shows more sessions than Cox allows is the sender's turn, however long it lasts", () => {
  const measurements = [measuredWith([4, 14, 12])];
  const why = whyNot("cox/CXCNCT", onDays(connections), { measurements });
  assert.match(why, /up to 14 sessions open at the same moment; 10 are allowed \(Cox, Email Error Codes, 2024-06-02\)/);
});

test("a log that contradicts the limit is worth a letter at once", () => {
  assert.match(
    letterTo("cox/CXCNCT", connections, { measurements: [measuredWith([1, 4, 10])] }).body,
    /while we kept it/,
  );
});

test("a log whose clock leaves open whether the limit was kept decides nothing", () => {
  const { refusals, ...rest } = measuredWith([9]);
  const open = { line: 0, at: 0, sessions: 10, least: 9, most: 12 };
  const measurement = { ...rest, refusals: { "cox/CXCNCT": { count: 1, acceptedBefore: 0, at: [open] } } };
  assert.match(whyNot("cox/CXCNCT", connections, { measurements: [measurement] }), /they span/);
  assert.doesNotMatch(letterTo("cox/CXCNCT", onDays(connections), { measurements: [measurement] }).body, /Your limit/);
});

test("a listing is taken off by its list, not by Cox, and each list's page is named", () => {
  const why = whyNot("cox/IPBL0011", withCode("AUP#IPBL0011"));
  assert.match(why, /^Cox only uses the list/);
  assert.match(
    why,
    /Spamhaus ZEN \(https:\/\/check\.spamhaus\.org\/\), Return Path \(https:\/\/www\.senderscore\.org\/\)/,
  );
});

test("an account's owner and a recipient act themselves", () => {
  assert.match(whyNot("cox/CXMJ", withCode("AUP#CXMJ")), /^The owner of the sending account has to act/);
  const full = blocked.map((line) => line.replace(/(said|talk to me): .*?( \(|\)$)/, "said: 552 5.2.2 Mailbox full ("));
  const page = findingsIn(full)[0]?.entry.id ?? "";
  assert.match(whyNot(page, full), /^Only the recipient can change this/);
});

test("reverse DNS comes first; a check that finds it in order makes a letter of it", () => {
  assert.match(whyNot("cox/CXDNS", reverse), /^It is your turn first\. Check the sending IP/);
  assert.match(whyNot("cox/CXDNS", reverse), /When a check of the address shows that this is in order/);
  assert.match(whyNot("cox/CXDNS", reverse, { reports: [goodCheck({ conclusion: "explains" })] }), /your turn first/);
  const { body } = letterTo("cox/CXDNS", reverse, { reports: [goodCheck()] });
  assert.match(body.replaceAll("\n", " "), /look into why the address is still refused/);
});

test("a check of another address makes no letter of it", () => {
  const other = { address: { text: "198.51.100.9", family: 4, class: "public", explanation: undefined } } as const;
  const reports = [goodCheck({ subject: { ...goodCheck().subject, ...other } })];
  assert.match(whyNot("cox/CXDNS", reverse, { reports }), /your turn first/);
});

test("a Cox code from a host of Yahoo's is no matter of Cox", () => {
  const lines = blocked.map((line) => line.replaceAll("cxr.mx.a.cloudfilter.net", "mta5.am0.yahoodns.net"));
  const why = whyNot("cox/CXBL", lines);
  assert.match(why, /^Cox cannot help: mail to these recipients is answered by Yahoo/);
  assert.match(
    why,
    /https:\/\/senders\.yahooinc\.com\/contact\/ \(Yahoo Sender Hub, SMTP Error Codes, 2026-02-15\)\.$/,
  );
});

test("an old Cox code, quoted after cox.net moved, is no matter of Cox; before the move it was", () => {
  const quoted = (time: string) => [
    `${time} mx1 postfix/smtp[9]: 4VtCqB1abcz9: to=<pat@cox.net>, relay=filter.example.org[192.0.2.8]:25, delay=1, delays=0/0/0.5/0.5, dsn=5.0.0, status=bounced (host filter.example.org[192.0.2.8] said: 554 cmsmtp ${ip} blocked. AUP#CXBL (in reply to MAIL FROM command))`,
  ];
  assert.match(
    whyNot("cox/CXBL", quoted("2025-06-03T10:02:07+00:00")),
    /answered by Yahoo, so this code of Cox is an old or a quoted one/,
  );
  assert.match(letterTo("cox/CXBL", quoted("2023-06-03T10:02:07+00:00")).subject, /AUP#CXBL/);
});

test("what nobody understands and is only temporary is left alone for two days", () => {
  const unknown = withCode("AUP#CXZZZ", connections).map((line) => line.replace("AUP#CXCNCT", "AUP#CXZZZ"));
  assert.match(whyNot("cox/unknown-code", unknown), /^Wait first: all these refusals are temporary/);
  assert.match(letterTo("cox/unknown-code", onDays(unknown)).subject, /AUP#CXZZZ/);
});

test("a code of the standard from a host that nobody knows has nobody to write to", () => {
  const line =
    "Nov 23 18:16:08 mx1 postfix/smtp[9]: 63336136E: to=<pat@example.net>, relay=mx.example.net[192.0.2.8]:25, delay=1, delays=0/0/0.5/0.5, dsn=5.6.0, status=bounced (host mx.example.net[192.0.2.8] said: 554 5.6.0 [ZZS99] no)";
  const page = findingsIn([line])[0]?.entry.id ?? "";
  assert.match(whyNot(page, [line]), /^It is not known whose mail host answered, so there is nobody to write to/);
});

test("what our own server refused has no provider", () => {
  const gathering = gather(known("server/refused-by-us"), readAddress(ip));
  const answer = requestFor(gathering, { reports: [], now: new Date() });
  assert.ok("refused" in answer);
  assert.match(answer.refused, /^Your own server gave these refusals/);
});

test("a log without such refusals is no evidence", () => {
  assert.match(
    whyNot("cox/CXBL", connections),
    /^A letter needs the refusals themselves, and this log holds none with AUP#CXBL/,
  );
});

test("a page says beforehand when no letter helps, and leaves open what a check may change", () => {
  const pages = [
    ["cox/CDRBL", /too late/],
    ["cox/IPBL0011", /only uses the list/],
    ["cox/CXMJ", /owner of the sending account/],
    ["cox/CXBL", /open the log/],
  ] as const;
  for (const [page, why] of pages) assert.match(noRequestFor(known(page), undefined) ?? "", why, page);
  assert.equal(noRequestFor(known("cox/CXBL"), findingsIn(blocked)), undefined);
  assert.equal(noRequestFor(known("cox/CXDNS"), findingsIn(reverse)), undefined, "a check may change it");
  assert.match(noRequestFor(known("cox/CXCNCT"), findingsIn(connections)) ?? "", /your turn first/);
  assert.equal(noRequestFor(known("cox/CXCNCT"), findingsIn(connections), [measuredWith([4])]), undefined);
});

test("every entry of the catalogue gives a letter or a reason of whole sentences", async () => {
  const { entries } = await import("../../server/src/catalogue/data.ts");
  const [finding] = findingsIn(blocked);
  assert.ok(finding);
  for (const entry of entries) {
    const gathering = gather({ entry, decoded: undefined }, readAddress(ip));
    // A common wording leaves open who answered.
    const provider = entry.provider === "wording" ? undefined : entry.provider;
    gathering.add({ ...finding, entry, decoded: undefined, provider });
    const answer = requestFor(gathering, { reports: [], now: new Date("2026-11-24T12:00:00Z") });
    if ("refused" in answer) assert.match(answer.refused, /^[A-Z][^\n]*[^ ]\.$|^[A-Z][^\n]*\)\.$/, entry.id);
    else assert.ok(answer.to.length > 0 && answer.subject.length > 10, entry.id);
    assert.doesNotMatch(JSON.stringify(answer), /undefined|NaN/, entry.id);
  }
});

test("every turn but the provider's and an unknown one refuses what nothing else is known of", () => {
  assert.ok("refused" in answerTo("cox/CXSMTP", realLines("AUP#CXSMTP")));
  assert.ok("refused" in answerTo("cox/URLBL011", realLines("AUP#URLBL011")));
});
