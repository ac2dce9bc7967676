// stub
import type { Format } from "../format.ts";
/** stub */
export const zonemta: Format = { id: "zonemta", baits: [/zonemta-nothing/g], read: () => undefined };
