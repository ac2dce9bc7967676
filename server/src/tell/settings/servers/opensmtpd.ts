// OpenSMTPD: limits of the mail transfer agent for the provider's domains.
import type { Setting, SettingLine, Throttle } from "../../../measurement.ts";
import { counted } from "../../words.ts";
import { costOf } from "../cost.ts";
import { add } from "../lines.ts";
import { domainNotes, shareOf, soundNames } from "../names.ts";

/** The change of smtpd.conf for a throttle; undefined when no domain can be written. */
export function opensmtpdSetting(throttle: Throttle): Setting | undefined {
  const domains = soundNames(throttle.domains);
  if (domains.length === 0) return undefined;
  return {
    server: "opensmtpd",
    serverName: "OpenSMTPD",
    files: [{ path: "/etc/smtpd.conf", lines: domains.flatMap((domain) => limits(throttle, domain, domains.length)) }],
    commands: ["smtpd -n", "systemctl restart opensmtpd"],
    cost: costOf(throttle, { pauses: true }),
    notes: [...domainNotes(throttle), ...notes(throttle, domains.length)],
    sources,
  };
}

function limits(throttle: Throttle, domain: string, domains: number): readonly SettingLine[] {
  const { pause, messagesPerConnection } = throttle;
  const share = shareOf(throttle, domains);
  const total = counted(throttle.connections, "session");
  const parted = domains > 1 ? `, its share of the ${total} for ${domains} domains` : "";
  const line = (words: string, why: string): SettingLine => add(`mta limit for domain "${domain}" ${words}`, why);
  return [
    line(
      `max-conn-per-domain ${share} max-conn-per-host ${throttle.connections}`,
      `At most ${counted(share, "session")} for ${domain} at the same time${parted}, and ${total} to one of its hosts; the defaults are 100 and 10.`,
    ),
    ...(messagesPerConnection === undefined
      ? []
      : [
          line(
            `session-mail-max ${messagesPerConnection}`,
            `A session carries at most ${counted(messagesPerConnection, "message")}; the default is 100.`,
          ),
        ]),
    ...(pause === undefined
      ? []
      : [
          line(
            `session-transaction-delay ${pause} conn-delay-domain ${pause}`,
            `Waits ${counted(pause, "second")} before the next message of a session, and before the next session.`,
          ),
        ]),
  ];
}

function notes({ connections, recipientsPerMessage }: Throttle, domains: number): readonly string[] {
  return [
    "smtpd.conf(5) does not describe “mta limit”; the grammar and the defaults are those of the source of 6.8, and smtpd -n accepts them. Look again after an upgrade.",
    "The lines may stand anywhere in the file. Before 6.4 they began with “limit mta”.",
    ...(domains > connections
      ? [
          `OpenSMTPD counts by domain: ${domains} domains with one session each may together still open more than ${connections}.`,
        ]
      : []),
    ...(recipientsPerMessage === undefined
      ? []
      : ["OpenSMTPD has no limit on the recipients of a message that it sends."]),
  ];
}

const source = "https://github.com/OpenSMTPD/OpenSMTPD/blob/6.8.0p2/usr.sbin/smtpd";

const sources = [
  { name: "OpenSMTPD 6.8: grammar of smtpd.conf (mta limit for domain)", url: `${source}/parse.y` },
  { name: "OpenSMTPD 6.8: the limits and their defaults", url: `${source}/limit.c` },
  { name: "OpenSMTPD: smtpd.conf(5)", url: "https://man.openbsd.org/smtpd.conf" },
] as const;
