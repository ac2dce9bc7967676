// What the page makes of a plan and of answers: groups, fields of the mail, words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { freshRun, isOffline, withRow, withRun } from "../../client/src/panel/page/checkState.ts";
import { grouped } from "../../client/src/panel/page/groups.ts";
import { knownOf, originOf, typedMail } from "../../client/src/panel/page/mail.ts";
import { ago, isAnswered, lasted, nextTurn, rowTurn, stateOf, wantsKey } from "../../client/src/panel/page/words.ts";
import { noMail, planOf, quietPlan, refusalOf, reportOf, rowOf } from "./values.ts";

test("what the code names is planned first, what its provider looks at next, and context last", () => {
  const { questions, subject } = planOf("81.2.69.160");
  const groups = grouped(questions, subject.refusal).map(({ heading, items }) => [heading, items.map(({ id }) => id)]);
  assert.deepEqual(groups, [
    ["What AUP#IPBL0001 names", ["zen"]],
    ["What Cox is known to look at", ["ptr"]],
    ["For context", ["spamcop"]],
  ]);
});

test("a reply of the standard has no provider to name, and an address alone needs no headings", () => {
  const { questions } = planOf("81.2.69.160");
  const headings = (refusal: ReturnType<typeof refusalOf> | undefined) =>
    grouped(questions, refusal).map(({ heading }) => heading);
  assert.equal(headings(refusalOf({ provider: undefined }))[1], "What the provider is known to look at");
  assert.deepEqual(headings(undefined), [undefined, undefined, undefined]);
});

test("a code with invisible characters cannot hide in a heading", () => {
  const [group] = grouped(planOf("81.2.69.160").questions, refusalOf({ label: "AUP#\u202eX" }));
  assert.equal(group?.heading, "What AUP#‹U+202E›X names");
});

test("typed mail is brought into normal form, empty fields are left out", () => {
  assert.deepEqual(typedMail({ helo: " mail.example.org ", sender: "", headerFrom: "news@example.org" }), {
    helo: "mail.example.org",
    headerFrom: "example.org",
  });
  assert.deepEqual(typedMail({ sender: "<news@example.org>", dkim: "s1, s2._domainkey.example.net" }), {
    sender: "news@example.org",
    dkim: ["s1", "s2._domainkey.example.net"],
  });
  assert.deepEqual(typedMail({ sender: "<>" }), { sender: "" }, "the null sender");
  assert.deepEqual(typedMail({ dkim: " , " }), {});
});

test("each field of the mail says whether the log told it, it was typed, or assumed", () => {
  const mail = { ...noMail, helo: "mx1.example.net", sender: "", assumed: ["helo" as const] };
  assert.equal(originOf(undefined, {}, "helo"), undefined);
  assert.equal(originOf(mail, {}, "helo"), "assumed, not in the log");
  assert.equal(originOf(mail, {}, "sender"), "from the log");
  assert.equal(originOf(mail, { sender: "a@example.org" }, "sender"), "as typed");
  assert.equal(originOf(mail, {}, "dkim"), "not in the log, so not checked");
  assert.equal(knownOf(mail, "sender"), "<>");
  const signed = { ...noMail, signatures: [{ selector: "s1", domain: "example.org" }] };
  assert.equal(knownOf(signed, "dkim"), "s1._domainkey.example.org");
});

test("a row's state is a word, with the names of the lists behind one zone", () => {
  assert.deepEqual(stateOf({ verdict: "listed", lists: ["PBL", "XBL"] }), { word: "Listed: PBL, XBL", tone: "error" });
  assert.equal(stateOf({ verdict: "not-listed", lists: [] }).word, "Not listed");
  assert.equal(stateOf({ verdict: "unknown", lists: [] }).tone, "unknown");
});

test("a list that refuses has answered, silence has not", () => {
  assert.ok(isAnswered({ verdict: "blocked" }));
  assert.ok(!isAnswered({ verdict: "unknown" }));
  assert.ok(!isAnswered({ verdict: "not-checked" }));
});

test("whose turn it is: the host behind an address, or the provider that refused", () => {
  assert.equal(rowTurn("you"), "Your turn");
  assert.equal(rowTurn("provider"), "Your hosting provider’s turn");
  assert.equal(rowTurn(undefined), undefined);
  const next = { text: "Ask for the reverse name.", turn: "provider" as const };
  assert.equal(
    nextTurn(reportOf({ next, rows: [rowOf("ptr", { remedy: next.text })] })),
    "Your hosting provider’s turn",
  );
  assert.equal(nextTurn(reportOf({ next: { text: "Ask by the form.", turn: "provider" } })), "Cox’s turn");
  assert.equal(nextTurn(reportOf({ next: { text: "Wait a day.", turn: "wait" } })), "Wait");
});

test("times and ages are short", () => {
  assert.equal(lasted(34.4), "34 ms");
  assert.equal(lasted(2_500), "2.5 s");
  assert.equal(ago(1), "1 second ago");
  assert.equal(ago(130), "2 minutes ago");
  assert.equal(ago(7_300), "2 hours ago");
});

test("a sentence about a key offers to set one", () => {
  assert.ok(wantsKey("Abusix is not asked: it wants your own key."));
  assert.ok(!wantsKey("It was switched off; monkeys do not matter."));
});

test("a row that comes again replaces the one before, and other addresses stay as they are", () => {
  const [first, second] = [freshRun(planOf("81.2.69.160")), freshRun(quietPlan("203.0.113.7"))];
  assert.deepEqual([first.state, second.state], ["waiting", "skipped"]);
  const run = withRow(withRow(first, rowOf("zen", { ms: 1 })), rowOf("zen", { ms: 2 }));
  assert.deepEqual(
    run.rows.map(({ ms }) => ms),
    [2],
  );
  assert.deepEqual(withRun([first, second], 0, run), [run, second]);
});

test("a check is offline only when no address got any answer", () => {
  const done = (ended: "offline" | "complete") => ({ ...freshRun(planOf("81.2.69.160")), report: reportOf({ ended }) });
  assert.ok(isOffline({ runs: [done("offline")] }));
  assert.ok(!isOffline({ runs: [done("offline"), done("complete")] }));
  assert.ok(!isOffline({ runs: [freshRun(planOf("81.2.69.160"))] }));
});
