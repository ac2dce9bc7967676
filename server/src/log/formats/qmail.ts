// stub
import type { Format } from "../format.ts";
/** stub */
export const qmail: Format = { id: "qmail", baits: [/qmail-nothing/g], read: () => undefined };
