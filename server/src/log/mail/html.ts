// The text of a part that is written in HTML, line by line, for reports that have no other.
import type { MailLine } from "./lines.ts";

const blocks = /<(?:br|p|div|tr|li|ul|table|h\d|hr|pre|blockquote)\b|<\/(?:p|div|tr|li|table|h\d|pre|blockquote)\b/gi;
const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " " };

/** The lines of a page without its tags; a block begins a line. */
export function htmlLines(lines: readonly MailLine[]): MailLine[] {
  let inTag = false;
  let hidden = false;
  return lines.flatMap(({ text, first, last }) => {
    const broken = inTag ? [text] : text.replace(blocks, (tag) => `\n${tag}`).split("\n");
    return broken.map((line) => {
      const seen = visiblePart(line, { inTag, hidden });
      ({ inTag, hidden } = seen);
      return { text: withoutEntities(seen.text), first, last };
    });
  });
}

interface State {
  readonly inTag: boolean;
  readonly hidden: boolean;
}

function visiblePart(line: string, { inTag, hidden }: State): State & { readonly text: string } {
  let text = "";
  let at = inTag ? behindTag(line, 0) : 0;
  while (at >= 0 && at < line.length) {
    const tag = line.indexOf("<", at);
    if (!hidden) text += line.slice(at, tag < 0 ? line.length : tag);
    if (tag < 0) return { text, inTag: false, hidden };
    // Where no name stands behind it, "<" is an address in brackets that nobody escaped.
    if (!/^<[/!a-z]/i.test(line.slice(tag, tag + 2)) || /^<[^<>\s]{1,80}@/.test(line.slice(tag, tag + 82))) {
      text += hidden ? "" : "<";
      at = tag + 1;
      continue;
    }
    hidden =
      /^<(?:style|script|title)\b/i.test(line.slice(tag, tag + 8)) ||
      (hidden && !/^<\/(?:style|script|title)/i.test(line.slice(tag, tag + 9)));
    at = behindTag(line, tag);
  }
  return { text, inTag: at < 0, hidden };
}

function behindTag(line: string, from: number): number {
  const end = line.indexOf(">", from);
  return end < 0 ? -1 : end + 1;
}

function withoutEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 31 && code < 0x10ffff ? String.fromCodePoint(code) : " ";
  });
}
