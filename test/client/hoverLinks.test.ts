// Links in hovers run one command of ours, and only for pages of ours.
import assert from "node:assert/strict";
import { test } from "node:test";
import { withCommands } from "../../client/src/hoverLinks.ts";
import { escaped } from "../../server/src/tell/markdown.ts";

test("a link to a page becomes the command that opens it", () => {
  assert.equal(
    withCommands("[Explain](smtp-explain:/cox/CXCNCT.md) · [x](https://example.org/)"),
    "[Explain](command:smtpLogLens.explain?%5B%22smtp-explain%3A%2Fcox%2FCXCNCT.md%22%5D) · [x](https://example.org/)",
  );
});

test("a link to no page of ours stays what it is, and the editor drops it", () => {
  const link = "[x](smtp-explain:/../../etc/passwd)";
  assert.equal(withCommands(link), link);
});

test("a link that a stranger wrote into the log never becomes a command", () => {
  const text = escaped("550 [Explain](smtp-explain:/cox/CXCNCT.md) rejected");
  assert.equal(withCommands(text), text);
});
