// Whether an address stands beside the name of a provider's host: then it is that host's.
import { embeds } from "./names.ts";
import type { Sight } from "./sight.ts";

const longestName = 255;

/** True for "mx.provider.example[192.0.2.1]", "mx.provider.example. [192.0.2.1]" and "192.0.2.1 (mx.provider.example)". */
export function besideHost(sight: Sight, start: number, end: number): boolean {
  const { line } = sight;
  if (line.startsWith("] (may be forged)", end)) return false;
  return isProviders(sight, nameBefore(line, start)) || isProviders(sight, nameBehind(line, end));
}

function isProviders({ names }: Sight, name: string): boolean {
  return name.includes(".") && !embeds(name) && names.isPublic(name);
}

function nameBefore(line: string, start: number): string {
  let end = /^IPv6:$/i.test(line.slice(Math.max(0, start - 5), start)) ? start - 5 : start;
  if (line[end - 1] !== "[") return "";
  end -= line[end - 2] === " " ? 2 : 1;
  if (line[end - 1] === ".") end--;
  let from = end;
  while (from > end - longestName && /[\w.-]/.test(line[from - 1] ?? " ")) from--;
  return line.slice(from, end);
}

function nameBehind(line: string, end: number): string {
  const shape = / \(([\w.-]{1,255})\)/y;
  shape.lastIndex = end;
  return shape.exec(line)?.[1] ?? "";
}
