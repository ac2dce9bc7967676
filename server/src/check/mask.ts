// Masks keys of lists in whatever a check says: a key is part of the names that are asked.

/** What stands in a text where a key was. */
export const mask = "•••";

// No list gives out shorter keys; a shorter text is never asked, and masking it would tear holes into ordinary words.
const shortestSecret = 8;

/** Replaces each secret in every text of a plain value, in any case of letters; other values stay as they are. */
export function masker(secrets: readonly string[]): <T>(value: T) => T {
  const known = secrets.map((secret) => secret.trim()).filter((secret) => secret.length >= shortestSecret);
  if (known.length === 0) return (value) => value;
  const patterns = known.map((secret) => new RegExp(escapedPattern(secret), "gi"));
  return (value) => masked(value, patterns);
}

function masked<T>(value: T, patterns: readonly RegExp[]): T;
function masked(value: unknown, patterns: readonly RegExp[]): unknown {
  if (typeof value === "string") return maskedText(value, patterns);
  if (Array.isArray(value)) return value.map((item) => masked(item, patterns));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item, patterns)]));
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

// All places are found before any is replaced: secrets may overlap, and no rest of one may stay.
function maskedText(text: string, patterns: readonly RegExp[]): string {
  const found = patterns.flatMap((pattern) => stretches(text, pattern)).sort((a, b) => a.start - b.start);
  let out = "";
  let done = 0;
  for (const { start, end } of found) {
    if (start >= done) out += `${text.slice(done, start)}${mask}`;
    done = Math.max(done, end);
  }
  return out + text.slice(done);
}

function stretches(text: string, pattern: RegExp): Stretch[] {
  const found: Stretch[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    found.push({ start: match.index, end: match.index + match[0].length });
    pattern.lastIndex = match.index + 1;
  }
  return found;
}

function escapedPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
