// IP addresses as hexadecimal digits, one spelling for the many: 8 digits for IPv4 (mapped too, RFC 4291 2.5.5.2), 32 for IPv6.

/** 8 or 32 hexadecimal digits; undefined for what is no address. */
export function hexOf(text: string): string | undefined {
  if (!text.includes(":")) return hexOfDotted(text);
  const last = /(?:\d{1,3}\.){3}\d{1,3}$/.exec(text)?.[0];
  const inner = last === undefined ? undefined : hexOfDotted(last);
  const plain =
    last === undefined ? text : `${text.slice(0, -last.length)}${inner?.slice(0, 4) ?? "x"}:${inner?.slice(4) ?? "x"}`;
  const [head = "", rest, ...more] = plain.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = rest === undefined || rest === "" ? [] : rest.split(":");
  const missing = 8 - before.length - after.length;
  if (more.length > 0 || (rest === undefined ? missing !== 0 : missing < 1)) return undefined;
  const groups = [...before, ...new Array<string>(missing).fill("0"), ...after];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  const hex = groups.map((group) => group.toLowerCase().padStart(4, "0")).join("");
  return /^0{20}ffff/.test(hex) ? hex.slice(24) : hex;
}

function hexOfDotted(text: string): string | undefined {
  const parts = text.split(".");
  const sound = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
  return sound ? bytesHex(parts.map(Number)) : undefined;
}

/** The bytes of an even number of digits. */
export function bytesOf(hex: string): number[] {
  return (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
}

/** Two digits for each byte. */
export function bytesHex(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The text of an address: a dotted quad for 8 digits, RFC 5952 for 32. */
export function hexText(hex: string): string {
  if (hex.length === 8) return bytesOf(hex).join(".");
  const groups = (hex.match(/.{4}/g) ?? []).map((group) => group.replace(/^0{1,3}/, ""));
  const runs = [...groups.join(":").matchAll(/(?<=^|:)0(?::0)+(?=:|$)/g)].map(([run]) => run);
  const longest = runs.sort((a, b) => b.length - a.length)[0];
  if (longest === undefined) return groups.join(":");
  const [before = "", after = ""] = splitOnce(groups.join(":"), longest);
  return `${before.replace(/:$/, "")}::${after.replace(/^:/, "")}`;
}

function splitOnce(text: string, by: string): string[] {
  const at = text.search(new RegExp(`(?<=^|:)${by}(?=:|$)`));
  return [text.slice(0, at), text.slice(at + by.length)];
}
