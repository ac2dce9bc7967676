// The words of the status item.
import type { StatusParams } from "../../server/src/protocol.ts";

const names: Record<string, string> = {
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
  plain: "SMTP replies",
};

/** What the status item shows: "Postfix · 12 permanent · 40 temporary". */
export function statusText(status: StatusParams): string {
  const counts = parts(status);
  return [formatName(status), ...(counts.length === 0 ? ["no refusals"] : counts)].join(" · ");
}

/** The same for a screen reader, as one sentence. */
export function statusLabel(status: StatusParams): string {
  const counts = parts(status);
  const found = counts.length === 0 ? "no refusals" : counts.join(", ");
  return `Mail log, ${formatName(status)}: ${found}. Activate to list them.`;
}

function formatName({ format }: StatusParams): string {
  return format === undefined ? "Mail log" : (names[format] ?? format);
}

function parts({ permanent, temporary, ours }: StatusParams): string[] {
  const counts: [number, string][] = [
    [permanent, "permanent"],
    [temporary, "temporary"],
    [ours, "refused by us"],
  ];
  return counts.filter(([count]) => count > 0).map(([count, what]) => `${count.toLocaleString("en")} ${what}`);
}
