// Reads the bits behind a token such as AUP#IPBL0011: each bit, from the right, is one list.
import type { Decoded, DecodedList } from "../model.ts";
import { listOf, type Mask } from "./rows.ts";

/** What a mask stands for; `bits` is a string of 0 and 1 of any length. */
export function decode(mask: Mask, bits: string): Decoded {
  const irregular = mask.irregular?.[bits];
  if (irregular !== undefined) {
    return { subject: mask.subject, bits, lists: irregular.map(listOf), published: true, note: undefined };
  }
  const published = mask.published.includes(bits);
  return { subject: mask.subject, bits, lists: named(mask, bits), published, note: note(mask, bits) };
}

function named(mask: Mask, bits: string): DecodedList[] {
  return mask.bits.filter((_, place) => bits.at(-1 - place) === "1").map(listOf);
}

function note(mask: Mask, bits: string): string | undefined {
  return bits.includes("1") ? unknownBits(mask, bits) : "No bit is set, so the code names no list.";
}

function unknownBits(mask: Mask, bits: string): string | undefined {
  const places = [...bits].reverse().flatMap((bit, place) => (bit === "1" ? [place + 1] : []));
  const unknown = places.filter((place) => place > mask.bits.length);
  if (unknown.length === 0) return undefined;
  const which = unknown.length === 1 ? `Bit ${unknown[0]}` : `Bits ${unknown.join(", ")}`;
  return `${which}, counted from the right: no source names what it stands for.`;
}
