// Sorts questions and rows by how they bear on the refusal: what its code names comes first.
import type { Bearing, Subject } from "../../../../server/src/protocol.ts";
import { visible } from "./text.ts";

/** Items of one bearing. */
export interface Group<Item> {
  readonly bearing: Bearing;
  /** Undefined when there is no refusal to bear on. */
  readonly heading: string | undefined;
  readonly items: readonly Item[];
}

const order: readonly Bearing[] = ["named", "considered", "context"];

/** The items by their bearing, each group in the order it had; empty groups are left out. */
export function grouped<Item extends { readonly bearing: Bearing }>(
  items: readonly Item[],
  refusal: Subject["refusal"],
): readonly Group<Item>[] {
  return order
    .map((bearing) => ({
      bearing,
      heading: headingOf(bearing, refusal),
      items: items.filter((item) => item.bearing === bearing),
    }))
    .filter((group) => group.items.length > 0);
}

function headingOf(bearing: Bearing, refusal: Subject["refusal"]): string | undefined {
  if (refusal === undefined) return undefined;
  if (bearing === "named") return `What ${visible(refusal.label)} names`;
  if (bearing === "context") return "For context";
  return `What ${refusal.provider ?? "the provider"} is known to look at`;
}
