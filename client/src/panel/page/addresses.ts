// Addresses as a person types them: one or several, told apart by blanks, commas or semicolons.

/** As many as one plan takes. */
export const mostAddresses = 50;

/** What was typed: addresses, each once, and the first few words that are none. */
export interface TypedAddresses {
  readonly ips: readonly string[];
  readonly wrong: readonly string[];
}

/** Reads what was typed. Brackets around an address, as logs write them, are dropped. */
export function readAddresses(text: string): TypedAddresses {
  const words = text.split(/[\s,;]+/).map((word) => word.replace(/^\[(.*)\]$/, "$1"));
  const known = new Set(words.filter((word) => word !== ""));
  return {
    ips: [...known].filter(isAddress),
    wrong: [...known].filter((word) => !isAddress(word)).slice(0, 3),
  };
}

/** Why these addresses cannot be planned, a sentence; undefined when they can. */
export function addressFault({ ips, wrong }: TypedAddresses): string | undefined {
  const [first] = wrong;
  if (first !== undefined)
    return `“${first.slice(0, 60)}” is no IP address. Write one such as 192.0.2.1 or 2001:db8::1.`;
  if (ips.length === 0) return "Type the address that your server sends from.";
  if (ips.length > mostAddresses) return `Check at most ${mostAddresses} addresses at once: these are ${ips.length}.`;
  return undefined;
}

/** True for text that has the shape of one IP address; the server decides what it is. */
export function isAddress(text: string): boolean {
  return isV4(text) || isV6(text);
}

function isV4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

function isV6(text: string): boolean {
  if (!text.includes(":") || text.length > 45 || !/^[0-9A-Fa-f:.]+$/.test(text)) return false;
  const halves = text.split("::");
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const size = groups.reduce((sum, group) => sum + groupSize(group), 0);
  return halves.length === 1 ? size === 8 : halves.length === 2 && size <= 7;
}

/** How many 16-bit groups `group` stands for; too many to fit when it is none. */
function groupSize(group: string): number {
  if (group.includes(".")) return isV4(group) ? 2 : 9;
  return /^[0-9A-Fa-f]{1,4}$/.test(group) ? 1 : 9;
}
