// The log formats, in the order in which they are asked about a line; `plain` comes last because it claims any reply.
import type { Format } from "../format.ts";
import { amavis } from "./amavis.ts";
import { bounce } from "./bounce.ts";
import { courier } from "./courier.ts";
import { esa } from "./esa.ts";
import { exchange } from "./exchange.ts";
import { exim } from "./exim.ts";
import { fortimail } from "./fortimail.ts";
import { haraka } from "./haraka.ts";
import { kumomta } from "./kumomta.ts";
import { mailgun } from "./mailgun.ts";
import { momentum } from "./momentum.ts";
import { opensmtpd } from "./opensmtpd.ts";
import { plain } from "./plain.ts";
import { postfix } from "./postfix.ts";
import { postmark } from "./postmark.ts";
import { powermta } from "./powermta.ts";
import { qmail } from "./qmail.ts";
import { rspamd } from "./rspamd.ts";
import { sendgrid } from "./sendgrid.ts";
import { sendmail } from "./sendmail.ts";
import { ses } from "./ses.ts";
import { sparkpost } from "./sparkpost.ts";
import { zonemta } from "./zonemta.ts";

/** All formats. */
export const formats: readonly Format[] = [
  postfix,
  exim,
  sendmail,
  opensmtpd,
  haraka,
  qmail,
  courier,
  zonemta,
  kumomta,
  powermta,
  momentum,
  exchange,
  fortimail,
  esa,
  rspamd,
  amavis,
  ses,
  sendgrid,
  mailgun,
  postmark,
  sparkpost,
  bounce,
  plain,
];
