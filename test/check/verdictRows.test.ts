// What rows settle of a rule, whatever their list or provider: every kind of answer against every kind of condition.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bearingOf, meets, settles } from "../../server/src/check/bearing.ts";
import { judge, notAsked, type Outcome } from "../../server/src/check/verdict.ts";
import type { Condition, Refusal, Row, Rule, Unseen, Verdict } from "../../server/src/model.ts";
import { noon, subjectAt } from "../support/check.ts";

const zen = "zen.spamhaus.org";
const spamcop = "bl.spamcop.net";

function row(id: string, verdict: Verdict, own: Partial<Row> = {}): Row {
  return {
    ...{ id, probe: "blocklist", bearing: "context", question: `Is it on ${id}?`, asked: [], answers: [], answer: "" },
    ...{ details: [], verdict, lists: [], ms: 1, age: undefined, resolver: "192.0.2.53", turn: undefined },
    ...{ remedy: undefined, link: undefined, ...own },
  };
}

function ruled(
  named: readonly Condition[],
  considered: readonly Condition[] = [],
  unseen: readonly Unseen[] = [],
): Rule {
  const standsFor = "a cause";
  return { standsFor, named, considered, unseen, look: "Look elsewhere for it.", source: undefined };
}

function refusal(rule: Rule): Refusal {
  const seen = { count: 1, first: undefined, last: undefined };
  return { entry: "cox/X", label: "AUP#X", provider: "Cox", time: "2026-11-20T10:00:01", line: 0, seen, rule };
}

function outcome(rule: Rule | undefined, rows: readonly Row[], own: Partial<Outcome> = {}): Outcome {
  const told = rows.map((one) => ({ ...one, bearing: bearingOf(one.id, rule) }));
  return {
    subject: { ...subjectAt("81.2.69.160"), refusal: rule && refusal(rule) },
    rows: told,
    briefs: new Map(rows.map(({ id, verdict }) => [id, `${id} ${verdict}`])),
    ...{ ended: "complete", started: noon, resolver: "192.0.2.53", ...own },
  };
}

const hidden: Unseen = { what: "what happened", link: undefined };
const asNamed: Readonly<Record<Verdict, string>> = {
  listed: "explains",
  fail: "explains",
  "not-listed": "not-explained",
  pass: "not-explained",
  blocked: "cannot-be-checked",
  unknown: "cannot-be-checked",
  "not-checked": "cannot-be-checked",
};

for (const [verdict, conclusion] of Object.entries(asNamed) as [Verdict, string][]) {
  test(`a named row that is ${verdict}: ${conclusion}`, () => {
    assert.equal(judge(outcome(ruled([zen]), [row(zen, verdict)])).conclusion, conclusion);
  });

  test(`a considered row that is ${verdict} goes with the refusal or says nothing`, () => {
    const expected = conclusion === "explains" ? "consistent" : "cannot-be-checked";
    assert.equal(judge(outcome(ruled([], [zen]), [row(zen, verdict)])).conclusion, expected);
  });

  test(`a row that is ${verdict} and no part of the rule settles nothing`, () => {
    assert.equal(judge(outcome(ruled([]), [row(zen, verdict)])).conclusion, "cannot-be-checked");
  });

  test(`beside a named row that explains, one that is ${verdict} changes nothing`, () => {
    const rows = [row("ptr", "fail"), row("fcrdns", verdict)];
    assert.equal(judge(outcome(ruled(["ptr", "fcrdns"]), rows)).conclusion, "explains");
  });

  test(`beside a named row that does not explain, one that is ${verdict} decides`, () => {
    const rows = [row("ptr", "pass"), row("fcrdns", verdict)];
    assert.equal(judge(outcome(ruled(["ptr", "fcrdns"]), rows)).conclusion, conclusion);
  });
}

test("what the rule names and nothing asked cannot be checked", () => {
  const { conclusion, verdict } = judge(outcome(ruled([zen, spamcop]), [row(zen, "not-listed")]));
  assert.equal(conclusion, "cannot-be-checked");
  assert.match(verdict, /^Cannot be fully checked: .*SpamCop was not asked\./);
});

test("an unseen cause keeps a refusal from being called unexplained", () => {
  const { conclusion } = judge(outcome(ruled([zen], [], [hidden]), [row(zen, "not-listed")]));
  assert.equal(conclusion, "cannot-be-checked");
});

test("a condition on one list behind a zone is met by that list alone", () => {
  const pbl = row(zen, "listed", { lists: ["PBL"] });
  assert.equal(meets(pbl, zen), true);
  assert.equal(meets(pbl, `${zen}#PBL`), true);
  assert.equal(meets(pbl, `${zen}#XBL`), false);
  assert.equal(judge(outcome(ruled([`${zen}#XBL`]), [pbl])).conclusion, "not-explained");
});

test("a second DKIM key settles the same condition as the first", () => {
  for (const id of ["dkim", "dkim-2", "dkim-15"]) assert.equal(settles(id, "dkim"), true, id);
  for (const id of ["spf-helo", "spfx", "sp", "dkim-x", "dkim-"]) assert.equal(settles(id, "spf"), false, id);
  assert.equal(bearingOf("dkim-2", ruled(["dkim"])), "named");
  assert.equal(bearingOf("spf-helo", ruled(["spf"])), "context");
  assert.equal(bearingOf("ptr", undefined), "context");
});

test("the first step is the remedy of the row that explains, and its turn", () => {
  const rows = [row("ptr", "pass"), row(zen, "listed", { remedy: "Ask Spamhaus.", turn: "list-operator" })];
  assert.deepEqual(judge(outcome(ruled([zen]), rows)).next, { text: "Ask Spamhaus.", turn: "list-operator" });
});

test("where the rule names a cause that no look-up shows, it comes before what only goes with it", () => {
  const rows = [row(zen, "listed", { remedy: "Ask Spamhaus.", turn: "you" })];
  const seen = judge(outcome(ruled([], [zen]), rows)).next;
  assert.equal(seen?.text, "Ask Spamhaus.");
  const unseen = judge(outcome(ruled([], [zen], [hidden]), rows)).next;
  assert.deepEqual(unseen, { text: "Look elsewhere for it.", turn: "you" });
});

test("a resolver that invents answers is told before the lists that it spoils, and so is its remedy", () => {
  const rows = [row("resolver", "unknown", { remedy: "Ask another resolver.", turn: "you" }), row(zen, "unknown")];
  const { verdict, next } = judge(outcome(ruled([zen]), rows));
  assert.match(verdict, /Resolver unknown; zen\.spamhaus\.org unknown\./);
  assert.equal(next?.text, "Ask another resolver.");
});

test("when most rows have no answer, the verdict says how many and why", () => {
  const refused = ["a.test", "b.test", "c.test"].map((id) => row(id, "blocked"));
  const { verdict } = judge(
    outcome(ruled([], [], [hidden]), [...refused, row("d.test", "unknown"), row("ptr", "pass")]),
  );
  assert.match(verdict, / 3 lists refused this resolver, 1 row got no valid answer, of 5 in all\. /);
  const alone = judge(outcome(undefined, refused));
  assert.match(alone.verdict, / 3 lists refused this resolver, of 3 in all\. /);
  assert.equal(alone.conclusion, undefined);
});

test("a deadline is said first, and the conclusion is drawn from what was answered", () => {
  const rows = [row(zen, "listed"), row(spamcop, "unknown")];
  const { verdict, conclusion } = judge(outcome(ruled([zen]), rows, { ended: "deadline" }));
  assert.match(verdict, /^Not all answers came in time\. Explained: /);
  assert.equal(conclusion, "explains");
});

test("no row at all is nothing known", () => {
  assert.match(
    judge(outcome(undefined, [])).verdict,
    /^Nothing is known about the address\. Checked at 2026-11-23T12:00Z\./,
  );
  assert.equal(judge(outcome(ruled([zen]), [])).conclusion, "cannot-be-checked");
  assert.equal(judge(outcome(undefined, [])).next, undefined);
});

test("an address that is not public has a sentence of its own", () => {
  const { address } = subjectAt("10.0.0.1");
  assert.equal(notAsked(address), `Nothing was asked: ${address.explanation}`);
});

test("forty rows and endless clauses make a verdict of bounded length", () => {
  const rows = Array.from({ length: 40 }, (_, at) => row(`list${at}.test`, "listed", { lists: ["A"] }));
  const briefs = new Map(rows.map(({ id }) => [id, `${id} ${"x".repeat(5_000)}`]));
  const named = rows.map(({ id }) => id);
  for (const rule of [undefined, ruled(named), ruled([], named), ruled([])]) {
    const { verdict } = judge(outcome(rule, rows, { briefs }));
    assert.ok(verdict.length <= 2_000, `${verdict.length}`);
  }
  assert.match(judge(outcome(ruled(named), rows)).verdict, /list3\.test listed; 36 more rows below\./);
});

test("a host's name at the beginning of a sentence keeps its small letters", () => {
  const rows = [row("spf", "fail")];
  const briefs = new Map([["spf", "example.net publishes no SPF record"]]);
  assert.match(
    judge(outcome(ruled(["spf"]), rows, { briefs })).verdict,
    / agree\. example\.net publishes no SPF record\. /,
  );
});

test("the time that every clause repeats is said once", () => {
  const briefs = new Map([[zen, "not on Spamhaus ZEN at 2026-11-23T12:00Z"]]);
  const { verdict } = judge(outcome(ruled([zen]), [row(zen, "not-listed")], { briefs }));
  assert.equal(verdict.split("2026-11-23T12:00Z").length, 2);
});

for (const [time, shown] of [
  ["2026-11-20T10:00:01", "2026-11-20 10:00:01 (log time)"],
  ["2026-11-20T10:00:01.123456+02:00", "2026-11-20 10:00:01 +02:00 (log time)"],
  ["2026-11-20T10:00:01Z", "2026-11-20 10:00:01 UTC (log time)"],
  ["11-20T10:00:01", "11-20 10:00:01 (log time)"],
] as const) {
  test(`a line of ${time} is refused at ${shown}`, () => {
    const made = outcome(ruled([zen]), [row(zen, "listed")]);
    const { verdict } = judge({ ...made, subject: { ...made.subject, refusal: { ...refusal(ruled([zen])), time } } });
    assert.ok(verdict.includes(`Refused at ${shown}, checked at 2026-11-23T12:00Z: `), verdict);
  });
}

test("a line without a time says so", () => {
  const made = outcome(ruled([zen]), [row(zen, "listed")]);
  const { verdict } = judge({
    ...made,
    subject: { ...made.subject, refusal: { ...refusal(ruled([zen])), time: undefined } },
  });
  assert.match(
    verdict,
    /Checked at 2026-11-23T12:00Z, the line has no time: what is so now need not have been so then\.$/,
  );
});

test("without any answer the one sentence says what to look at: with DNS over HTTPS the certificate too", () => {
  const gone = { ended: "offline" } as const;
  const plain = judge(outcome(undefined, [row(zen, "unknown")], gone)).verdict;
  assert.match(
    plain,
    /nothing is known about the address\. Look at this machine's network, or set another resolver\.$/,
  );
  const doh = { ...gone, resolver: "https://dns.example/dns-query" };
  assert.match(
    judge(outcome(undefined, [row(zen, "unknown")], doh)).verdict,
    /and at the server's certificate, or set/,
  );
  const remembered = judge(outcome(undefined, [row(zen, "not-listed", { age: 60 })], gone)).verdict;
  assert.match(remembered, /nothing newer is known than what was remembered about the address/);
});
