// Sendmail: a mailer of its own that holds the provider's mail for a queue group with a fixed number of runners.
import type { Setting, SettingLine, Throttle } from "../../../measurement.ts";
import { counted } from "../../words.ts";
import { costOf } from "../cost.ts";
import { add, context, remove } from "../lines.ts";
import { domainNotes, ownName, soundNames } from "../names.ts";

/** The change of /etc/mail for a throttle; undefined when no domain can be written. */
export function sendmailSetting(throttle: Throttle): Setting | undefined {
  const domains = soundNames(throttle.domains);
  if (domains.length === 0) return undefined;
  return {
    server: "sendmail",
    serverName: "Sendmail",
    files: [
      { path: "/etc/mail/sendmail.mc", lines: queueGroup(throttle) },
      { path: "/etc/mail/sendmail.mc", lines: mailer(throttle) },
      { path: "/etc/mail/mailertable", lines: mailerTable(throttle, domains) },
      { path: "/etc/mail/sendmail.conf", lines: queueRunners },
    ],
    commands: commands(throttle, domains),
    cost: costOf(throttle, { queueRun: 120, pauses: false }),
    notes: [...domainNotes(throttle), ...notes(throttle)],
    sources,
  };
}

function queueGroup(throttle: Throttle): readonly SettingLine[] {
  const { connections, providerName } = throttle;
  const name = ownName(throttle, "");
  const flags = connections > 1 ? "F=f, " : "";
  const several = connections > 1 ? "; F=f lets them work on it together" : "";
  return [
    add(
      `QUEUE_GROUP(\`${name}', \`P=${queue}/${name}, ${flags}R=${connections}, I=2m')dnl`,
      `A queue of its own for ${providerName} with ${counted(connections, "runner")}, each with one session, that start every 2 minutes${several}.`,
    ),
    add(
      "define(`confCON_EXPENSIVE', `True')dnl",
      "Mail of a mailer with the flag e is not delivered at once but waits for a runner; without it each message that arrives opens a session of its own.",
    ),
    add("FEATURE(`mailertable')dnl", "Lets a table choose the mailer by domain. Leave it out if you have it."),
    context("MAILER_DEFINITIONS"),
  ];
}

function mailer(throttle: Throttle): readonly SettingLine[] {
  const name = ownName(throttle, "");
  return [
    context("MAILER(`smtp')dnl"),
    add("MAILER_DEFINITIONS", "What follows is a definition of a mailer."),
    add(
      `M${name},\tP=[IPC], F=mDFMuXae, S=EnvFromSMTP/HdrFromSMTP, R=EnvToSMTP, E=\\r\\n, L=990,`,
      "A copy of the mailer esmtp with the flag e. With masquerade_entire_domain for recipients (allmasquerade) write R=EnvToSMTP/HdrFromSMTP.",
    ),
    add(`\t\t${limits(throttle)}T=DNS/RFC822/SMTP, Q=${name},`, limitsReason(throttle)),
    add("\t\tA=TCP $h", "Delivers to the mail exchangers of the domain, port 25."),
  ];
}

function limits({ messagesPerConnection, recipientsPerMessage }: Throttle): string {
  const messages = messagesPerConnection === undefined ? "" : `m=${messagesPerConnection}, `;
  return recipientsPerMessage === undefined ? messages : `${messages}r=${recipientsPerMessage}, `;
}

function limitsReason({ messagesPerConnection, recipientsPerMessage }: Throttle): string {
  const parts = [
    "Q= names the queue group",
    ...(messagesPerConnection === undefined
      ? []
      : [`m= allows ${counted(messagesPerConnection, "message")} a session`]),
    ...(recipientsPerMessage === undefined
      ? []
      : [`r= allows ${counted(recipientsPerMessage, "recipient")} a message`]),
  ];
  return `${parts.join(", ")}.`;
}

function mailerTable(throttle: Throttle, domains: readonly string[]): readonly SettingLine[] {
  const name = ownName(throttle, "");
  return domains.map((domain) =>
    add(
      `${domain}\t${name}:${domain}`,
      `Mail to ${domain} takes the mailer ${name}; its mail exchangers are looked up as before.`,
    ),
  );
}

const queueRunners: readonly SettingLine[] = [
  remove('QUEUE_INTERVAL="10m";'),
  add(
    'QUEUE_INTERVAL="p10m";',
    "Persistent runners (-qp10m): a run begins when the one before has ended. With -q10m a new set of runners starts beside those that are still busy, and the limit is gone.",
  ),
];

const queue = "/var/spool/mqueue";

function commands(throttle: Throttle, domains: readonly string[]): readonly string[] {
  const folder = `${queue}/${ownName(throttle, "")}`;
  return [
    `mkdir ${folder}`,
    `chown --reference=${queue} ${folder}`,
    `chmod --reference=${queue} ${folder}`,
    "make -C /etc/mail",
    `echo '3,0 postmaster@${domains[0]}' | sendmail -bt`,
    "systemctl restart sendmail",
  ];
}

function notes({ connections, pause }: Throttle): readonly string[] {
  return [
    "In a sendmail.mc without MAILER_DEFINITIONS the first part belongs before the first MAILER line, and the second to the end. Where /etc/mail/sendmail.conf does not exist, start the daemon with -qp10m instead of -q10m.",
    "ConnectionRateThrottle is no cure: it slows down connections that come in. MaxRecipientsPerMessage too is about mail that comes in.",
    ...(connections === 1
      ? [
          "SingleThreadDelivery with HostStatusDirectory keeps to one session a host as well, but for every host in the world.",
        ]
      : []),
    ...(pause === undefined
      ? []
      : ["Sendmail cannot pause between two deliveries. If one session is still too much, lower m= and raise I=."]),
  ];
}

// What the distribution brings along, as Debian shows it: sendmail.org has no pages of these texts for 8.17.
const distribution = "https://sources.debian.org/src/sendmail/8.17.1.9-2%2Bdeb12u2";

const sources = [
  {
    name: "Sendmail Installation and Operation Guide: queue groups, mailers, HoldExpensive, persistent runners (-qp)",
    url: `${distribution}/doc/op/op.me/`,
  },
  { name: "Sendmail cf/README: QUEUE_GROUP, mailertable, confCON_EXPENSIVE", url: `${distribution}/cf/README/` },
] as const;
