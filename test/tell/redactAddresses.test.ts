// Every way in which a report may spell the sending address is found, and no other number is taken for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Subject } from "../../server/src/model.ts";
import { redacted } from "../../server/src/tell/redact.ts";
import { noMail, reportWith } from "./reports.ts";

const v6 = "2a02:2e0:3fe:1001::25";
const nibbles = "5.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.1.e.f.3.0.0.e.2.0.2.0.a.2";

/** How a name of a host may spell an address: forward, reversed, padded, as one number. */
const spellings = [
  ...["81.2.69.160", "160.69.2.81", "81-2-69-160", "160-69-2-81", "081-002-069-160", "081.002.069.160"],
  ...["081002069160", "160069002081", "510245a0", "A0450251", "1359103392", "::ffff:81.2.69.160", "::FFFF:5102:45a0"],
  ...["160.69.2.81.in-addr.arpa", "160.128-25.69.2.81.in-addr.arpa", "69.2.81.in-addr.arpa", "2-69-160", "81_2_69_160"],
];

test("the address is found in every spelling that names of hosts use", () => {
  for (const spelling of spellings) {
    const report = reportWith({
      subject: { ...reportWith().subject, mail: noMail },
      verdict: `so: ${spelling}, says it`,
    });
    const verdict = redacted([report])[0]?.verdict ?? "";
    assert.match(verdict, /^so: \[sending IP(?:, reversed\])?[^\d]*, says it$/, `${spelling} became ${verdict}`);
  }
});

test("the sixth version is found in full, short, upper-case, percent-encoded and reversed form", () => {
  const address = { text: v6, family: 6, class: "public", explanation: undefined } as const;
  const subject: Subject = { ...reportWith().subject, address, mail: noMail };
  for (const spelling of [
    ...[v6, v6.toUpperCase(), "2a02:02e0:03fe:1001:0000:0000:0000:0025", "2a02:2e0:3fe:1001:0:0:0:25"],
    ...[encodeURIComponent(v6), `${nibbles}.ip6.arpa`, nibbles, "2a02-2e0-3fe-1001-0-0-0-25"],
    ...["2a0202e003fe10010000000000000025", "1.0.0.1.e.f.3.0.0.e.2.0.2.0.a.2.ip6.arpa"],
  ]) {
    const verdict = redacted([reportWith({ subject, verdict: `so ${spelling} says it` })])[0]?.verdict ?? "";
    assert.match(
      verdict,
      /^so \[sending IP(?:, reversed)?\](?:\.ip6\.arpa)? says it$/,
      `${spelling} became ${verdict}`,
    );
  }
});

test("numbers that are no address stay: codes, times, versions, other networks' lists", () => {
  const verdict = "421 4.7.0, 5.2.69 and 5.7.1 at 10:02:07 on 2026-11-23, 127.255.255.254, 2.0.0.127, 1:2, a::b: no";
  const report = reportWith({ subject: { ...reportWith().subject, mail: noMail }, verdict });
  assert.equal(redacted([report])[0]?.verdict.replace("[address 1]", "a::b"), verdict);
});
