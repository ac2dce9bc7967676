// Cloudmark's list: whoever refuses by it, the list is the cause and the provider stays who it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { wordings } from "../../server/src/catalogue/data.ts";
import { lookup } from "../../server/src/catalogue/lookup.ts";
import { ruleOf } from "../../server/src/catalogue/rule.ts";
import { refused, through } from "./delivery.ts";

const csi = wordings.find(({ entry }) => entry.id === "wording/cloudmark-csi")?.entry;

for (const text of csi?.examples ?? []) {
  test(`"${text.slice(0, 60)}" is Cloudmark's list, whoever asked it`, () => {
    for (const host of ["mx.example.org", "mx0.charter.net", "gmail-smtp-in.l.google.com"]) {
      const delivery = refused(text, through(host));
      const { entry, provider, decoded } = lookup(delivery);
      assert.equal(entry.id, "wording/cloudmark-csi", host);
      assert.notEqual(provider, "cloudmark");
      const { unseen } = ruleOf({ entry, decoded, provider, words: delivery.words });
      assert.deepEqual(
        unseen.map(({ what }) => what),
        ["whether Cloudmark CSI holds the IP"],
      );
    }
  });
}

test("Cloudmark's list has examples to prove it by", () => assert.equal(csi?.examples.length, 2));

test("a provider's own number beside Cloudmark's link says more than the link", () => {
  const text = "554 5.7.1 See http://csi.cloudmark.com/reset-request/?ip=192.0.2.1 AUP#In-1200";
  assert.equal(lookup(refused(text)).entry.id, "spectrum/1200-1210");
});
