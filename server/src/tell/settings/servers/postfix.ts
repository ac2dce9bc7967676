// Postfix: a delivery transport of its own for the provider, a slow copy of smtp.
import type { Setting, SettingLine, Throttle } from "../../../measurement.ts";
import { counted } from "../../words.ts";
import { costOf } from "../cost.ts";
import { add, given } from "../lines.ts";
import { domainNotes, ownName, soundNames } from "../names.ts";

/** The change of /etc/postfix for a throttle; undefined when no domain can be written. */
export function postfixSetting(throttle: Throttle): Setting | undefined {
  const domains = soundNames(throttle.domains);
  if (domains.length === 0) return undefined;
  return {
    server: "postfix",
    serverName: "Postfix",
    files: [
      { path: "/etc/postfix/transport", lines: transportMap(throttle, domains) },
      { path: "/etc/postfix/master.cf", lines: service(throttle) },
      { path: "/etc/postfix/main.cf", lines: parameters(throttle) },
    ],
    commands: [
      "postmap /etc/postfix/transport",
      "postfix check",
      "postfix reload",
      `postmap -q ${domains[0]} /etc/postfix/transport`,
    ],
    cost: costOf(throttle, { pauses: true }),
    notes: notes(throttle),
    sources,
  };
}

function transportMap(throttle: Throttle, domains: readonly string[]): readonly SettingLine[] {
  const name = ownName(throttle, "-");
  return domains.map((domain) =>
    add(
      `${domain}\t${name}:`,
      `Mail to ${domain} takes the transport ${name}; its mail exchangers are looked up as before.`,
    ),
  );
}

function service(throttle: Throttle): readonly SettingLine[] {
  const { connections, providerName } = throttle;
  const name = ownName(throttle, "-");
  return [
    add(
      `${name} unix - - - - ${connections} smtp`,
      `A copy of the smtp client with at most ${counted(connections, "process", "processes")}, so with at most ${counted(connections, "session")} over all domains of ${providerName}; without the number it would be default_process_limit, 100.`,
    ),
    add(
      "  -o syslog_name=postfix/$service_name",
      `The log names the transport, postfix/${name}/smtp, so that you see what goes through it.`,
    ),
    ...reuse(throttle),
  ];
}

// A kept session would still be open beside the next one when the pause is over.
function reuse({ messagesPerConnection, pause, providerName }: Throttle): readonly SettingLine[] {
  const unkept = "  -o smtp_connection_cache_on_demand=no";
  if (pause !== undefined)
    return [add(unkept, "A session ends with its message and is not kept open through the pause.")];
  if (messagesPerConnection === undefined) return [];
  if (messagesPerConnection < 2)
    return [add(unkept, `${providerName} takes one message a session: none is kept for a second one.`)];
  return [
    add(
      "  -o smtp_connection_cache_destinations=static:all",
      "A session is kept for the next message, up to smtp_connection_cache_time_limit (2 seconds), instead of opening another one.",
    ),
    add(
      "  -o smtp_tls_connection_reuse=yes",
      "Without it a session with STARTTLS is closed after one message; it needs Postfix 3.4 and the service tlsproxy in master.cf, which is there by default.",
    ),
    add(
      `  -o smtp_connection_reuse_count_limit=${messagesPerConnection - 1}`,
      `A session carries at most ${counted(messagesPerConnection, "message")}: the parameter counts the times after the first one.`,
    ),
  ];
}

function parameters(throttle: Throttle): readonly SettingLine[] {
  const name = ownName(throttle, "-");
  return [
    add(
      "transport_maps = $default_database_type:/etc/postfix/transport",
      "Postfix reads the table above, of the type that postmap writes by itself. If you have this parameter, keep your tables and add this one.",
    ),
    add(
      `${name}_destination_concurrency_limit = ${throttle.connections}`,
      `At most ${counted(throttle.connections, "delivery", "deliveries")} at the same time to one destination, which is a recipient domain; the default is 20.`,
    ),
    ...start(throttle),
    ...pacing(throttle),
    ...given(throttle.recipientsPerMessage, (most) => recipients(name, most)),
  ];
}

/** With one session there is nothing to grow to. */
function start(throttle: Throttle): readonly SettingLine[] {
  if (throttle.connections === 1) return [];
  return [
    add(
      `${ownName(throttle, "-")}_initial_destination_concurrency = 1`,
      "Begins with one session and adds another only while messages get through; the default is to begin with 5.",
    ),
  ];
}

function pacing(throttle: Throttle): readonly SettingLine[] {
  const name = ownName(throttle, "-");
  return given(throttle.pause, (seconds) => [
    add(
      `${name}_transport_rate_delay = ${seconds}s`,
      `One delivery every ${counted(seconds, "second")}, whichever the domain; ${name}_destination_rate_delay would count for each domain by itself. It needs Postfix 3.1.`,
    ),
    add(
      `${name}_destination_concurrency_failed_cohort_limit = 10`,
      "With one delivery at a time a single failed connection would otherwise defer all mail to the domain.",
    ),
  ]);
}

// With a limit of 1, Postfix counts concurrency and delay by recipient instead of by domain: the throttle would be gone.
function recipients(name: string, most: number): SettingLine {
  const value = Math.max(2, most);
  const why = `At most ${counted(value, "recipient")} a delivery; the default is 50.`;
  const never = " Never write 1: the limits above would then count for each recipient by itself.";
  return add(`${name}_destination_recipient_limit = ${value}`, most < 2 ? why + never : why);
}

function notes(throttle: Throttle): readonly string[] {
  const { messagesPerConnection, pause } = throttle;
  return [
    ...domainNotes(throttle),
    `If the line of smtp in your master.cf has -o options of its own, or main.cf sends through a relayhost: repeat the options here; with a relayhost it is that host that opens the sessions to ${throttle.providerName}, and this change would go past it.`,
    "A domain of its own in the transport table stands for itself only; add .DOMAIN for the names below it.",
    ...(messagesPerConnection !== undefined && messagesPerConnection > 1 && pause === undefined
      ? [
          "Postfix calls the count limit unsafe where one of several mail exchangers is slow: that one then gets most sessions.",
        ]
      : []),
  ];
}

const manual = "https://www.postfix.org/postconf.5.html";

const sources = [
  { name: "Postfix: transport(5)", url: "https://www.postfix.org/transport.5.html" },
  { name: "Postfix: master(5)", url: "https://www.postfix.org/master.5.html" },
  { name: "Postfix: default_destination_concurrency_limit", url: `${manual}#default_destination_concurrency_limit` },
  { name: "Postfix: default_transport_rate_delay", url: `${manual}#default_transport_rate_delay` },
  { name: "Postfix: default_destination_recipient_limit", url: `${manual}#default_destination_recipient_limit` },
  { name: "Postfix: smtp_connection_reuse_count_limit", url: `${manual}#smtp_connection_reuse_count_limit` },
] as const;
