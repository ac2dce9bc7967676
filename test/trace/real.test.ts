// In the logs of real servers each refusal is followed to the sender of its message.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Delivery } from "../../server/src/model.ts";
import { follow } from "../../server/src/trace/follow.ts";
import { realLog, realLogs } from "../log/support/truth.ts";
import { refusalsIn } from "./mails.ts";

/** Our messages: s030@example.org wrote to case030@cox.net, m02@example.org to several of them. */
const cases = /^case(\d+)@/;

function isRight({ recipient = "" }: Delivery, sender: string | undefined): boolean {
  const number = cases.exec(recipient)?.[1];
  if (sender === undefined) return recipient === "";
  return sender === `s${number}@example.org` || /^(?:m|burst)\d+@example\.org$/.test(sender) || number === undefined;
}

for (const name of realLogs) {
  const text = realLog(name);
  const refusals = refusalsIn(text);
  const outward = refusals.filter(({ direction }) => direction === "they-refused-us");

  test(`${name}: each refusal of our mail is followed to its own sender`, () => {
    const wrong = outward.filter((delivery) => !isRight(delivery, follow(text, delivery).sender));
    assert.deepEqual(wrong, []);
  });

  test(`${name}: each refusal is about the domain of its recipient, and no HELO but ours is told`, () => {
    for (const delivery of outward) {
      const { recipientDomain, helo } = follow(text, delivery);
      if (delivery.recipient !== undefined) assert.equal(recipientDomain, delivery.recipient.split("@")[1]);
      assert.ok(helo === undefined || helo === "mx1.example.org", helo);
    }
  });

  test(`${name}: each client that we refused has its HELO and sender as far as the line shows them`, () => {
    for (const delivery of refusals.filter(({ direction }) => direction === "we-refused-them")) {
      const mail = follow(text, delivery);
      if (delivery.helo !== undefined) assert.equal(mail.helo, delivery.helo);
      if (delivery.sender !== undefined) assert.equal(mail.sender, delivery.sender);
      assert.equal(mail.assumed, undefined);
    }
  });
}

test("the real logs show how our HELO is known: said in Exim's lines, assumed by Postfix's notifications", () => {
  const known = realLogs.flatMap((name) => {
    const text = realLog(name);
    return refusalsIn(text).map((delivery) => ({ name, mail: follow(text, delivery) }));
  });
  const ours = known.filter(({ mail }) => mail.helo === "mx1.example.org");
  assert.ok(ours.some(({ name, mail }) => name === "exim-mainlog.log" && mail.assumed === undefined));
  assert.ok(ours.some(({ name, mail }) => name === "postfix-maillog.log" && mail.assumed?.[0] === "helo"));
});
