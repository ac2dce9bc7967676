// Verdicts of real refusals: a line in a log, the provider's rule, the DNS of the moment, and one true sentence.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Report } from "../../server/src/model.ts";
import { cox, dns, line, onZen, reportOn, subjectOf } from "./verdictCases.ts";
import { cases, onList } from "./verdictTable.ts";

for (const { says, of, zone, conclusion, verdict, next } of cases) {
  test(says, async () => {
    const report: Report = await reportOn(of, zone);
    assert.equal(report.verdict, verdict);
    assert.equal(report.conclusion, conclusion);
    if (next === undefined) assert.equal(report.next, undefined);
    else assert.match(report.next?.text ?? "", next);
  });
}

test("both lines of one log, CXCNCT and IPBL0001, get different and true verdicts from the same answers", async () => {
  const zone = dns(onZen("127.0.0.11"));
  const limited = await reportOn(subjectOf(line(cox("AUP#CXCNCT"))), zone);
  const listed = await reportOn(subjectOf(line(cox("AUP#IPBL0001"))), zone);
  assert.deepEqual([limited.conclusion, listed.conclusion], ["consistent", "explains"]);
  assert.notEqual(limited.verdict, listed.verdict);
});

test("what the log shows of the same refusal is told with its first and last time", async () => {
  const times = [1, 2, 3].map((minute) => line(cox("AUP#CXCNCT"), { time: `2026-11-20T10:0${minute}:00` }));
  const { verdict } = await reportOn(subjectOf(...times), dns());
  assert.match(
    verdict,
    / This log holds 3 such refusals of this address, from 2026-11-20 10:01:00 UTC to 2026-11-20 10:03:00 UTC\. Refused at 2026-11-20 10:03:00 UTC \(log time\)/,
  );
});

test("another provider that answers for the recipient's domain today counts for new mail", async () => {
  const zone = dns({ ...onZen("127.0.0.11"), "cox.net MX": ["1 mx-cox.mail.am0.yahoodns.net."] });
  const { verdict, conclusion } = await reportOn(subjectOf(line(cox("AUP#IPBL0001"))), zone);
  assert.match(
    verdict,
    /^Explained: .* Besides, cox\.net is answered by Yahoo today, and that counts for new mail\. Refused at/,
  );
  assert.equal(conclusion, "explains");
});

test("a check that is cancelled says so first and concludes from nothing that was not answered", async () => {
  const { verdict, conclusion } = await reportOn(subjectOf(line(cox("AUP#IPBL0001"))), dns(onZen("127.0.0.11")), {
    signal: AbortSignal.abort(),
  });
  assert.equal(conclusion, "cannot-be-checked");
  assert.ok(
    verdict.startsWith(`Cancelled before all answers came. Cannot be checked: ${onList}. Spamhaus ZEN not checked.`),
    verdict,
  );
});

test("no verdict calls an address clean, and each has at most six sentences", async () => {
  for (const { of, zone } of cases) {
    const { verdict } = await reportOn(of, zone);
    assert.doesNotMatch(verdict, /\bclean\b/i);
    assert.ok(verdict.split(/\. (?=[A-Z])/).length <= 6, verdict);
    assert.ok(verdict.length < 800, verdict);
  }
});
