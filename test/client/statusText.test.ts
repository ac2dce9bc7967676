// The words of the status item.
import assert from "node:assert/strict";
import { test } from "node:test";
import { statusLabel, statusText } from "../../client/src/statusText.ts";

const none = { uri: "file:///mail.log", format: "postfix", temporary: 0, permanent: 0, ours: 0 };

test("the format and the counts of a Postfix log stand in the status bar", () => {
  assert.equal(statusText({ ...none, permanent: 12, temporary: 40 }), "Postfix · 12 permanent · 40 temporary");
});

test("our own refusals are counted apart, large numbers are grouped", () => {
  const status = { ...none, format: "exim", temporary: 12_345, ours: 3 };
  assert.equal(statusText(status), "Exim · 12,345 temporary · 3 refused by us");
});

test("a log without refusals says so", () => {
  assert.equal(statusText(none), "Postfix · no refusals");
});

test("complaints and automatic answers among mails are told beside the refusals", () => {
  const mail = { ...none, format: "bounce" };
  assert.equal(statusText({ ...mail, complaints: 1, answers: 0 }), "Mail · no refusals · 1 complaint");
  assert.equal(
    statusText({ ...mail, permanent: 2, complaints: 0, answers: 1_200 }),
    "Mail · 2 permanent · 1,200 automatic answers",
  );
});

test("a format that the client does not know yet is shown by its id", () => {
  assert.equal(statusText({ ...none, format: "unheard", permanent: 1 }), "unheard · 1 permanent");
});

test("a screen reader hears a sentence and what the item does", () => {
  assert.equal(
    statusLabel({ ...none, permanent: 1, temporary: 2 }),
    "Mail log, Postfix: 1 permanent, 2 temporary. Activate to list them.",
  );
});
