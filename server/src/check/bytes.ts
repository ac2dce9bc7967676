// The text of IP addresses: bytes from strictly read text, and canonical text from bytes.

const octet = /^(?:0|[1-9]\d{0,2})$/;
const group = /^[0-9a-f]{1,4}$/i;
const longest = 45;

/** 4 or 16 bytes (RFC 4291 2.2 text; dotted quads without leading zeros or short forms); undefined for anything else, zones included. */
export function readBytes(text: string): readonly number[] | undefined {
  if (text.length > longest) return undefined;
  return text.includes(":") ? readV6(text) : readV4(text);
}

function readV4(text: string): readonly number[] | undefined {
  const parts = text.split(".");
  const sound = parts.length === 4 && parts.every((part) => octet.test(part) && Number(part) <= 255);
  return sound ? parts.map(Number) : undefined;
}

function readV6(text: string): readonly number[] | undefined {
  const [head = "", tail, ...more] = text.split("::");
  if (more.length > 0) return undefined;
  if (tail === undefined) return ofLength(readGroups(head, true), 16);
  const before = readGroups(head, false);
  const after = readGroups(tail, true);
  if (before === undefined || after === undefined) return undefined;
  const missing = 16 - before.length - after.length;
  // "::" stands for at least one group (RFC 4291 2.2).
  return missing < 2 ? undefined : [...before, ...new Array<number>(missing).fill(0), ...after];
}

function ofLength(bytes: readonly number[] | undefined, length: number): readonly number[] | undefined {
  return bytes?.length === length ? bytes : undefined;
}

function readGroups(text: string, last: boolean): readonly number[] | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  const bytes: number[] = [];
  for (const [at, part] of parts.entries()) {
    const dotted = last && at === parts.length - 1 && part.includes(".");
    const read = dotted ? readV4(part) : readGroup(part);
    if (read === undefined) return undefined;
    bytes.push(...read);
  }
  return bytes;
}

function readGroup(text: string): readonly number[] | undefined {
  if (!group.test(text)) return undefined;
  const value = Number.parseInt(text, 16);
  return [value >> 8, value & 255];
}

/** Canonical text: a dotted quad for 4 bytes, RFC 5952 for 16. */
export function bytesText(bytes: readonly number[]): string {
  return bytes.length === 4 ? bytes.join(".") : v6Text(groupsOf(bytes));
}

function groupsOf(bytes: readonly number[]): readonly number[] {
  return Array.from({ length: 8 }, (_, at) => ((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0));
}

function v6Text(groups: readonly number[]): string {
  const words = groups.map((value) => value.toString(16));
  const { start, length } = longestZeros(groups);
  // A single zero group is not shortened (RFC 5952 4.2.2).
  if (length < 2) return words.join(":");
  return `${words.slice(0, start).join(":")}::${words.slice(start + length).join(":")}`;
}

function longestZeros(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    const length = zerosFrom(groups, start);
    if (length > best.length) best = { start, length };
  }
  return best;
}

function zerosFrom(groups: readonly number[], start: number): number {
  const end = groups.findIndex((value, at) => at >= start && value !== 0);
  return (end < 0 ? groups.length : end) - start;
}
