// Turns text into Markdown. The one place where log text, written by strangers, becomes markup: everything is escaped here.

/** Control, bidirectional, zero-width and other invisible characters that could hide or reorder text. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/gu;

const punctuation = /[!-/:-@[-`{-~]/g;

/** Longest stretch of log text that is shown in one place, in UTF-16 units. */
export const shownLimit = 600;

/** Cuts a text to `limit` UTF-16 units, never inside a surrogate pair, and says that it did. */
export function bounded(text: string, limit = shownLimit): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit;
  return `${text.slice(0, end)}…`;
}

/** Makes invisible and reordering characters visible as ‹U+202E›; a tab becomes a blank. */
export function visible(text: string): string {
  return text.replace(invisible, (found) => {
    if (found === "\t") return " ";
    const point = found.codePointAt(0) ?? 0;
    return `‹U+${point.toString(16).toUpperCase().padStart(4, "0")}›`;
  });
}

/** Running text: no character of it is Markdown, HTML or an autolink any more; cut to what is shown in one place. */
export function escaped(text: string): string {
  return escapedUpTo(shownLimit, text);
}

/** The same, cut to `limit` UTF-16 units. */
export function escapedUpTo(limit: number, text: string): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return visible(bounded(text, limit)).replace(punctuation, (found) => entities[found] ?? `\\${found}`);
}

/** Inline code; backticks inside become apostrophes, because no fence length is safe on one line with neighbours. */
export function inlineCode(text: string): string {
  const inside = visible(bounded(text)).replaceAll("`", "'").trim();
  return inside === "" ? "" : `\`${inside}\``;
}

/** A block of code, line by line as it is, invisible characters made visible; its fence is longer than any run of backticks inside. */
export function fenced(text: string): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return [fence, ...text.split("\n").map((line) => line.split("\t").map(visible).join("\t")), fence];
}

/** A link to one of our own pages or to a source of the catalogue; the address must not come from a log. */
export function link(text: string, address: string): string {
  const safe = encodeURI(address).replaceAll("(", "%28").replaceAll(")", "%29").replaceAll("%25", "%");
  return `[${escaped(text)}](${safe})`;
}
