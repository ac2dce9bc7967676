// Claims held against measurements: which number supports one, contradicts it, or leaves it open.
import assert from "node:assert/strict";
import { test } from "node:test";
import { analyse } from "../../server/src/analyse.ts";
import { limitsOf } from "../../server/src/catalogue/limits.ts";
import { measured } from "../../server/src/evidence.ts";
import type { JudgedClaim, Judgement, Measurement, Refused } from "../../server/src/measurement.ts";
import type { Finding } from "../../server/src/model.ts";
import type { ExplanationPage } from "../../server/src/protocol.ts";
import { type Explained, explain, strongestJudgement } from "../../server/src/tell/explain.ts";
import { findingHover } from "../../server/src/tell/hover.ts";
import { logClock, span } from "../../server/src/tell/logClock.ts";
import { pageForTerminal } from "../../server/src/tell/terminal.ts";
import { pageText } from "../../server/src/tell/text.ts";
import { burst, clocks, logOf, postfixLines } from "../measure/made.ts";
import { known } from "./findings.ts";

const uri = "file:///var/log/mail.log";
const fileDate = new Date("2026-11-24T00:00:00Z");

interface Log {
  readonly own: readonly Finding[];
  readonly all: readonly Finding[];
  readonly measurements: readonly Measurement[];
}

function logFrom(text: string, id = "cox/CXCNCT"): Log {
  const { findings, format } = analyse(text, { fileDate, certain: true }) ?? assert.fail("it is no mail log");
  const own = findings.filter(({ entry }) => entry.id === id);
  return { own, all: findings, measurements: measured(text, findings, { format, fileDate }) };
}

function explained({ own, all, measurements }: Log, id = "cox/CXCNCT"): Explained {
  const page = known(id);
  return {
    ...page,
    log: { uri, findings: own, others: all },
    measurements,
    limits: limitsOf(page.entry.provider),
  };
}

function pageOf(log: Log, id = "cox/CXCNCT"): ExplanationPage {
  return explain(explained(log, id));
}

function claimOf(page: ExplanationPage, source: string, topic: string): JudgedClaim {
  const claims = page.claims.flatMap(({ claims }) => claims);
  return (
    claims.find((claim) => claim.source.id === source && claim.topic === topic) ?? assert.fail(`no claim of ${source}`)
  );
}

function judged(page: ExplanationPage, source: string, topic = "connection-limit"): Judgement {
  return claimOf(page, source, topic).judgement ?? assert.fail(`no judgement on ${source}`);
}

const crowd = logFrom(
  logOf(postfixLines(burst({ seed: 3, messages: 30, processes: 20, hold: [2000, 2050], limit: 10 }), clocks.rfc3339)),
);

/** The measurement of the crowd with another peak and other refusals. */
function altered(
  peak: Partial<Measurement["peak"]>,
  at: readonly Partial<Refused>[],
  more: Partial<Measurement> = {},
): Log {
  const [one] = crowd.measurements;
  if (one === undefined) throw new TypeError("nothing was measured");
  const refused = at.map((refused, index) => {
    const sessions = refused.sessions ?? 1;
    return { line: 40 + index, at: one.first + index * 1000, least: sessions, most: sessions, sessions, ...refused };
  });
  const refusals = { "cox/CXCNCT": { count: refused.length, acceptedBefore: 7, at: refused } };
  const sessions = peak.sessions ?? 14;
  return {
    ...crowd,
    measurements: [{ ...one, peak: { ...one.peak, least: sessions, most: sessions, ...peak }, refusals, ...more }],
  };
}

test("refusals while more than ten sessions are open support the limit that Cox publishes, with the numbers", () => {
  const { verdict, words, line } = judged(pageOf(crowd), "cox-codes");
  assert.equal(verdict, "supported");
  assert.match(
    words,
    /^Peak 1\d sessions \(between \d+ and \d+\) at 10:02:0\d; Cox publishes 10, and all 19 refusals came while more than 10 were open\./,
  );
  assert.ok(line !== undefined && crowd.own.some(({ delivery }) => delivery.line === line), "it leads to a refusal");
});

test("each claim is held against its own number and told by its own source", () => {
  const page = pageOf(altered({ sessions: 8 }, [{ sessions: 8 }, { sessions: 7 }]));
  assert.equal(judged(page, "cox-codes").verdict, "contradicted");
  assert.equal(judged(page, "cox-limits-old").verdict, "supported");
  assert.match(
    judged(page, "cox-limits-old").words,
    /Cox published 5 before, and all 2 refusals came while more than 5/,
  );
  assert.match(judged(page, "suped-article").words, /this source says 10/);
});

test("a peak that surely stays below the limit contradicts it, as far as the log goes", () => {
  const { verdict, words } = judged(pageOf(altered({ sessions: 3 }, [{ sessions: 3 }])), "cox-codes");
  assert.equal(verdict, "contradicted");
  assert.match(
    words,
    /^Peak 3 sessions at 10:02:06; Cox publishes 10\. As far as this log goes: other servers behind the same address are not in it\.$/,
  );
});

test("a peak that may lie on either side of the limit leaves it open", () => {
  const log = altered({ sessions: 9, least: 4, most: 14 }, [{ sessions: 9, least: 4, most: 14 }]);
  const { verdict, words } = judged(pageOf(log), "cox-codes");
  assert.equal(verdict, "cannot-tell");
  assert.match(
    words,
    /^Peak 9 sessions \(between 4 and 14\) at 10:02:06; Cox publishes 10; no refusal came while more than 10 were open\./,
  );
});

test("refusals of a single session contradict a limit on connections, and alone do not prove a throttle", () => {
  const log = altered({ sessions: 14 }, [{ sessions: 1 }, { sessions: 1 }, { sessions: 1 }, { sessions: 4 }]);
  const limit = judged(pageOf(log), "cox-codes");
  assert.equal(limit.verdict, "contradicted");
  assert.match(limit.words, /but no refusal came while more than 10 were open/);
  const throttle = judged(pageOf(log), "forum-136938", "reputation-throttle");
  assert.equal(throttle.verdict, "cannot-tell", "nothing says that it lasted");
  assert.match(
    throttle.words,
    /^7 messages went through before the first refusal; 3 of 4 refusals came with no other session open/,
  );
});

test("refusals in a crowd and of single sessions in one log are told with both numbers", () => {
  const crowded = Array.from({ length: 3 }, () => ({ sessions: 12 }));
  const alone = Array.from({ length: 5 }, () => ({ sessions: 1 }));
  const { verdict, words } = judged(pageOf(altered({ sessions: 12 }, [...crowded, ...alone])), "cox-codes");
  assert.equal(verdict, "cannot-tell");
  assert.match(words, /3 of 8 refusals came while more than 10 were open, 5 with a single one/);
});

test("a refused hour that comes back supports a throttle; mail that passes at once contradicts it", () => {
  const [one] = crowd.measurements;
  const start = one?.first ?? 0;
  const stretch = { from: start, to: start + 3_480_000, refusals: 9, line: 51 };
  const again = { ...stretch, from: start + 7_200_000, to: start + 9_000_000, line: 90 };
  const held = altered(
    { sessions: 2 },
    [
      { sessions: 1, at: start },
      { sessions: 1, at: again.from },
      { sessions: 2, at: again.from },
    ],
    { stretches: [stretch, again] },
  );
  const { verdict, words, line } = judged(pageOf(held), "forum-136938", "reputation-throttle");
  assert.deepEqual([verdict, line], ["supported", 51]);
  assert.match(words, /The longest time without an acceptance was 58 min, with 9 refusals\./);
  assert.equal(judged(pageOf(crowd), "forum-136938", "reputation-throttle").verdict, "contradicted");
});

test("a limit on messages over one connection is held against the fullest session", () => {
  const id = "cox/text-message-limit";
  const text = postfixLines(burst({ seed: 1, messages: 3, processes: 1, hold: [50, 60] }), clocks.rfc3339);
  const refusal = "said: 421 requested action aborted: try again later (in reply to MAIL FROM command)";
  const log = logFrom(
    logOf(text).replaceAll(
      "status=sent (250 2.0.0 Ok: queued as 4Zb)",
      `status=deferred (host cxr.mx.a.cloudfilter.net[198.51.100.1] ${refusal})`,
    ),
    id,
  );
  const [one] = log.measurements;
  if (one === undefined) throw new TypeError("nothing was measured");
  const full = (mostMessages: number): Log => ({
    ...log,
    measurements: [{ ...one, sessions: { ...one.sessions, mostMessages } }],
  });
  const verdicts = [3, 100, 101].map((most) => judged(pageOf(full(most), id), "cox-codes", claimTopic(id)));
  assert.deepEqual(
    verdicts.map(({ verdict }) => verdict),
    ["contradicted", "contradicted", "supported"],
  );
  assert.match(verdicts[2]?.words ?? "", /^The most over one session were 101 messages; 100 are allowed\.$/);
});

function claimTopic(id: string): string {
  return known(id).entry.claims.find(({ limit }) => limit !== undefined)?.topic ?? "";
}

test("replies of 4xx support that a refusal is temporary, 5xx contradict it, both leave it open", () => {
  assert.deepEqual(judged(pageOf(crowd), "microsoft-421", "temporary").verdict, "supported");
  const hard = crowd.own.map((finding) => {
    const { reply } = finding.delivery;
    return { ...finding, delivery: { ...finding.delivery, reply: reply && { ...reply, code: 554 } } };
  });
  assert.equal(judged(pageOf({ ...crowd, own: hard }), "microsoft-421", "temporary").verdict, "contradicted");
  const mixed = [...hard.slice(0, 3), ...crowd.own.slice(3)];
  assert.equal(judged(pageOf({ ...crowd, own: mixed }), "microsoft-421", "temporary").verdict, "cannot-tell");
});

test("blocklists and the use policy stand in no log; contact and practice are not judged at all", () => {
  const page = pageOf(crowd);
  assert.equal(judged(page, "wttw-2025", "blocklist").verdict, "cannot-tell");
  assert.equal(judged(page, "suped-page", "policy").verdict, "cannot-tell");
  assert.equal(claimOf(page, "m3aawg", "practice").judgement, undefined);
  assert.equal(claimOf(page, "emailgeeks-2021", "contact").judgement, undefined);
});

test("a log that was not measured judges what its own lines tell, and nothing else", () => {
  const page = explain({ ...known("cox/CXCNCT"), log: { uri, findings: crowd.own, others: crowd.all } });
  assert.equal(claimOf(page, "cox-codes", "connection-limit").judgement, undefined);
  assert.equal(judged(page, "microsoft-421", "temporary").verdict, "supported");
  assert.deepEqual(page.measured, []);
});

test("a log without sessions says that it cannot tell", () => {
  const { verdict, words } = judged(pageOf({ ...crowd, measurements: [] }), "cox-codes");
  assert.equal(verdict, "cannot-tell");
  assert.match(words, /These lines do not show when sessions began and ended/);
});

test("the page shows figures, limits and a table; a log's own clock gives the times", () => {
  const [one] = pageOf(crowd).measured;
  assert.equal(one?.title, "Cox from 192.0.2.25");
  assert.deepEqual(one?.limits, [
    { value: 10, label: "Cox publishes 10" },
    { value: 5, label: "Cox, older text: 5" },
    { value: 20, label: "Postfix’s default, 20" },
  ]);
  const figures = new Map(one?.figures.map(({ label, value }) => [label, value]));
  assert.match(figures.get("Most sessions at once") ?? "", /^1\d \(at least \d+, at most \d+\)$/);
  assert.equal(figures.get("Attempts"), "30, of which 19 refused or put off (63 %)");
  assert.ok((one?.table.length ?? 0) >= 2 && (one?.table.length ?? 99) <= 60);
  assert.equal(one?.table[0]?.time, "2026-11-23 10:02:06");
  const sum = one?.table.reduce((all, row) => all + row.accepted + row.refused, 0);
  assert.equal(sum, 30);
});

test("times are told in the log's own clock, also where it is behind UTC", () => {
  const western: Log = {
    ...crowd,
    own: crowd.own.map((finding) => ({
      ...finding,
      delivery: { ...finding.delivery, time: "2026-11-23T05:02:06-05:00" },
    })),
  };
  assert.match(judged(pageOf(western), "cox-codes").words, / at 05:02:0\d;/);
  assert.equal(pageOf(western).measured[0]?.table[0]?.time, "2026-11-23 05:02:06");
});

test("lengths are told in two units at most, and a clock with a zone in its own", () => {
  const at = Date.UTC(2026, 10, 23, 10, 2, 7, 900);
  const western = logClock("2026-11-23T05:02:06-05:00");
  assert.deepEqual([western.full(at), western.clock(at)], ["2026-11-23 05:02:07", "05:02:07"]);
  assert.equal(logClock(undefined).clock(at), "10:02:07");
  assert.deepEqual([0, 31_400, 310_000, 7_500_000, 200_000_000].map(span), [
    "less than 1 s",
    "31 s",
    "5 min 10 s",
    "2 h 5 min",
    "2 days",
  ]);
});

test("the hover tells the strongest judgement in one line when the log has been measured, and waits for nothing otherwise", () => {
  const [finding] = crowd.own;
  if (finding === undefined) throw new TypeError("nothing was refused");
  const hover = findingHover(finding, undefined, strongestJudgement(explained(crowd)));
  const line = hover.split("\n").filter((part) => part.startsWith("**This log"));
  assert.equal(line.length, 1);
  assert.match(line[0] ?? "", /^\*\*This log:\*\* Peak 1\d sessions/);
  assert.doesNotMatch(findingHover(finding, undefined), /This log/);
  assert.equal(strongestJudgement(explained({ ...crowd, measurements: [] })), undefined);
});

test("the page as Markdown and in the terminal tells each judgement and what was measured", () => {
  const page = pageOf(crowd);
  const text = pageText(page);
  assert.match(text, /\n {2}- \*\*Supported by this log:\*\* Peak 1\d sessions/);
  assert.match(
    text,
    /Measured in this log\n\n\*\*Cox from 192\\\.0\\\.2\\\.25\*\*\n\n- (?:\*\*)?Most sessions at once:(?:\*\*)? 1\d/,
  );
  const terminal = pageForTerminal(page);
  assert.match(terminal, /\n {4}Contradicted by this log: 0 messages went through/);
  assert.match(terminal, /Measured in this log: Cox from 192\.0\.2\.25\n {2}Most sessions at once: 1\d/);
});

test("a hostile relay's name cannot become markup on the page of what was measured", () => {
  const evil = "mx<img/src=x>.example[click](https://evil.example)";
  const [one] = crowd.measurements;
  if (one === undefined) throw new TypeError("nothing was measured");
  const page = pageOf({ ...crowd, measurements: [{ ...one, provider: undefined, host: evil }] });
  assert.doesNotMatch(pageText(page), /<img|\]\(https:\/\/evil/);
});
