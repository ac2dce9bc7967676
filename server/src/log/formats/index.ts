// The log formats, in the order in which they are asked about a line; `plain` comes last because it claims any reply.
import type { Format } from "../format.ts";
import { amavis } from "./amavis.ts";
import { esa } from "./esa.ts";
import { exchange } from "./exchange.ts";
import { exim } from "./exim.ts";
import { fortimail } from "./fortimail.ts";
import { kumomta } from "./kumomta.ts";
import { momentum } from "./momentum.ts";
import { plain } from "./plain.ts";
import { postfix } from "./postfix.ts";
import { powermta } from "./powermta.ts";
import { rspamd } from "./rspamd.ts";
import { sendmail } from "./sendmail.ts";

/** All formats. */
export const formats: readonly Format[] = [
  postfix,
  exim,
  sendmail,
  kumomta,
  powermta,
  momentum,
  exchange,
  fortimail,
  esa,
  rspamd,
  amavis,
  plain,
];
