// What the catalogue knows refusals by stays: its examples and words mean the same when they are redacted.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  entries,
  hints,
  providerEntries,
  providers,
  refusingEntries,
  sendingEntries,
  wordings,
} from "../../server/src/catalogue/data.ts";
import { comparable, redacted } from "./logs.ts";

const head =
  "Nov 23 18:16:04 mx1 postfix/smtp[904]: 044B211F7: to=<ann@example.net>, relay=mx.example.net[192.0.2.1]:25, ";

function lineWith(reply: string): string {
  return `${head}delay=1, delays=0/0/1/0, dsn=4.0.0, status=deferred (host mx.example.net[192.0.2.1] said: ${reply})`;
}

test("every example of the catalogue has the same finding when it is redacted", () => {
  for (const { id, examples } of entries) {
    for (const example of examples) {
      const line = lineWith(example.replaceAll("\n", " "));
      assert.deepEqual(comparable(redacted(line)), comparable(line), `${id}: ${redacted(line)}`);
    }
  }
});

test("every word that a refusal is known by stays as it is", () => {
  const ruled = [...providerEntries, ...sendingEntries, ...refusingEntries, ...wordings, ...hints];
  const rows = ruled.flatMap(({ match }) => match.words ?? []);
  const markers = providers.flatMap(({ markers }) => [...(markers.words ?? []), ...(markers.platform ?? [])]);
  for (const words of [...rows, ...markers]) {
    const text = `550 5.7.1 ${words} (in reply)`;
    assert.equal(redacted(text), text);
  }
});

test("a provider's mailbox for requests stays, other mailboxes at its domain do not", () => {
  assert.equal(redacted("write to unblock.request@cox.net"), "write to unblock.request@cox.net");
  assert.equal(redacted("write to ann.request@cox.net"), "write to user-1@cox.net");
});
