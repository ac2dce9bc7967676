// What the formats of logs are called by a person.
import type { FormatId } from "./model.ts";

/** Their names. */
export const formatNames: Readonly<Record<FormatId, string>> = {
  postfix: "Postfix",
  exim: "Exim",
  sendmail: "Sendmail",
  kumomta: "KumoMTA",
  powermta: "PowerMTA",
  momentum: "Momentum",
  exchange: "Exchange",
  fortimail: "FortiMail",
  esa: "Cisco ESA",
  rspamd: "rspamd",
  amavis: "amavis",
  ses: "Amazon SES",
  sendgrid: "SendGrid",
  mailgun: "Mailgun",
  postmark: "Postmark",
  sparkpost: "SparkPost",
  bounce: "Mail",
  opensmtpd: "OpenSMTPD",
  haraka: "Haraka",
  qmail: "qmail",
  courier: "Courier",
  zonemta: "ZoneMTA",
  plain: "SMTP replies",
};
