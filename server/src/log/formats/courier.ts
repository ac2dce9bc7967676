// stub
import type { Format } from "../format.ts";
/** stub */
export const courier: Format = { id: "courier", baits: [/courier-nothing/g], read: () => undefined };
