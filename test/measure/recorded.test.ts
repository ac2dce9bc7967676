// The recorded logs of real bursts: what is measured of them, against what the receiver counted.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Truth } from "../support/receiver.ts";
import { measurementOf } from "./bursts.ts";

const folder = new URL("../logs/sessions/", import.meta.url);
const truths: Readonly<Record<string, Truth>> = JSON.parse(readFileSync(new URL("truth.json", folder), "utf8"));

/** These logs tell when a session was open to some milliseconds, or follow a process through it. */
const exact = /^(?:postfix|sendmail)-14-rfc3339|^exim-14-mainlog/;

for (const [file, truth] of Object.entries(truths)) {
  const fileDate = new Date(Math.max(...truth.sessions.map(({ to }) => to)) + 1000);
  const { peak, refusals, provider, accepted } = measurementOf(readFileSync(new URL(file, folder), "utf8"), fileDate);
  const refused = truth.sessions.filter((session) => session.refused).length;

  test(`${file}: ${truth.messages} messages to Cox, ${refused} sessions refused`, () => {
    assert.deepEqual([provider, accepted], ["cox", truth.messages]);
    assert.equal(refusals["cox/CXCNCT"]?.count ?? 0, refused);
  });

  // Refused sessions last some milliseconds: how many of them were open together no log tells exactly.
  const slack = refused;
  test(`${file}: the peak of ${truth.peak} is within what the measurement leaves possible`, () => {
    const { least, most } = peak;
    assert.ok(least - slack <= truth.peak && truth.peak <= most + slack, `${truth.peak}: ${least} to ${most}`);
    if (exact.test(file)) assert.equal(peak.sessions, truth.peak);
  });
}
