// The list of probes, in the order of the report.
import { usualLists } from "../lists.ts";
import type { Probe } from "../probe.ts";
import { blocklistProbe } from "./blocklist.ts";
import { reverseDnsProbe } from "./reverseDns.ts";

/** All probes that a check runs. */
export const probes: readonly Probe[] = [blocklistProbe(usualLists), reverseDnsProbe];
