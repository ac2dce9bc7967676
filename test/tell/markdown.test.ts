// Log text never becomes markup.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bounded, escaped, inlineCode, link, visible } from "../../server/src/tell/markdown.ts";

const hostile = [
  "![x](https://evil.example/x.png)",
  "[click](command:workbench.action.quit)",
  "<img src=x onerror=alert(1)>",
  "https://evil.example www.evil.example a@evil.example",
  "```\n# heading\n```",
  "`code` **bold** _it_ ~~no~~ # h | t |",
  "&lt;b&gt; &#60;",
  "\\[escaped\\](x)",
  "- list\n1. item\n> quote",
  "$(alert) $x^2$",
];

test("escaped log text holds no character that Markdown or HTML reads, in any of ten attacks", () => {
  for (const text of hostile) {
    const safe = escaped(text);
    const bare = safe.replace(/\\[!-/:-@[-`{-~]/g, "").replace(/&(?:amp|lt|gt|quot);/g, "");
    assert.doesNotMatch(bare, /[!-/:-@[-`{-~\n]/, `something of ${JSON.stringify(text)} was left in ${safe}`);
  }
});

test("bidirectional, zero-width, ANSI and NUL characters become visible", () => {
  assert.equal(visible("a\u202eb\u200bc\u001b[31md\u0000"), "a‹U+202E›b‹U+200B›c‹U+001B›[31md‹U+0000›");
  assert.equal(visible("tag\u{e0041}"), "tag‹U+E0041›");
  assert.equal(visible("half \ud83d pair"), "half ‹U+D83D› pair");
});

test("letters of every script stay as they are", () => {
  const text = "Benutzer unbekannt – größe メールボックス 邮箱不存在 😀";
  assert.equal(visible(text), text);
});

test("inline code holds no backtick and no line end", () => {
  assert.equal(inlineCode("a`b\nc"), "`a'b‹U+000A›c`");
  assert.equal(inlineCode("   "), "");
});

test("a long text is cut between characters and says so", () => {
  const cut = bounded("😀".repeat(10), 5);
  assert.equal(cut, "😀😀…");
});

test("a link's address cannot leave its parentheses", () => {
  assert.equal(link("Explain", "smtp-explain:/cox/CXCNCT.md"), "[Explain](smtp-explain:/cox/CXCNCT.md)");
  assert.equal(link("a](b", "https://x.example/(y) z"), "[a\\]\\(b](https://x.example/%28y%29%20z)");
});
