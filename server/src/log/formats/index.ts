// The log formats, in the order in which they are asked about a line; `plain` comes last because it claims any reply.
import type { Format } from "../format.ts";
import { courier } from "./courier.ts";
import { exim } from "./exim.ts";
import { haraka } from "./haraka.ts";
import { opensmtpd } from "./opensmtpd.ts";
import { plain } from "./plain.ts";
import { postfix } from "./postfix.ts";
import { qmail } from "./qmail.ts";
import { sendmail } from "./sendmail.ts";
import { zonemta } from "./zonemta.ts";

/** All formats. */
export const formats: readonly Format[] = [postfix, exim, sendmail, opensmtpd, haraka, qmail, courier, zonemta, plain];
