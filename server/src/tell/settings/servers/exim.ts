// Exim: a router that picks out the provider's domains, and a transport of its own with a limit on how often it runs at the same time.
import type { Setting, SettingLine, Throttle } from "../../../measurement.ts";
import { counted } from "../../words.ts";
import { costOf } from "../cost.ts";
import { add, context, given, remove } from "../lines.ts";
import { domainNotes, ownName, soundNames } from "../names.ts";

/** The change of Exim's configuration for a throttle; undefined when no domain can be written. */
export function eximSetting(throttle: Throttle): Setting | undefined {
  const domains = soundNames(throttle.domains);
  if (domains.length === 0) return undefined;
  return {
    server: "exim",
    serverName: "Exim",
    files: [
      { path: "exim.conf", lines: router(throttle, domains) },
      { path: "exim.conf", lines: transport(throttle) },
      { path: "/etc/default/exim4", lines: queueRuns },
    ],
    commands: ["update-exim4.conf", "exim -bV", `exim -bt postmaster@${domains[0]}`, "systemctl restart exim4"],
    cost: costOf(throttle, { queueRun: 60, pauses: false }),
    notes: [...domainNotes(throttle), ...notes(throttle)],
    sources,
  };
}

function router(throttle: Throttle, domains: readonly string[]): readonly SettingLine[] {
  const name = ownName(throttle, "_");
  const { providerName } = throttle;
  return [
    context("begin routers"),
    add(`${name}:`, `A router of its own for ${providerName}, before all others.`),
    add("  driver = dnslookup", "Looks up the mail exchangers, as your router dnslookup does."),
    add(`  domains = ${domains.join(" : ")}`, `The recipient domains that this log sent to ${providerName}.`),
    add(`  transport = ${name}`, "The transport below."),
    add(
      "  ignore_target_hosts = <; 0.0.0.0 ; 127.0.0.0/8 ; ::1",
      "Never delivers to this machine; take over the list of your router dnslookup if it has one.",
    ),
    add("  no_more", "These domains take no later router."),
  ];
}

function transport(throttle: Throttle): readonly SettingLine[] {
  const { connections, providerName, messagesPerConnection, recipientsPerMessage } = throttle;
  return [
    context("begin transports"),
    add(`${ownName(throttle, "_")}:`, `A transport of its own for ${providerName}.`),
    add(
      "  driver = smtp",
      "Delivers by SMTP. Repeat under it what your transport remote_smtp says besides: DKIM, TLS, interface, helo_data.",
    ),
    add(
      `  max_parallel = ${connections}`,
      `At most ${counted(connections, "run")} of this transport at the same time, over all messages, so at most ${counted(connections, "session")}; unlimited by default. It needs Exim 4.87.`,
    ),
    add(
      "  hosts_max_try = 1",
      "After a refusal the next host of the provider is not tried in the same run; the default is 5.",
    ),
    ...given(messagesPerConnection, (most) =>
      add(
        `  connection_max_messages = ${most}`,
        `A session carries at most ${counted(most, "message")}; the default is 500.`,
      ),
    ),
    ...given(recipientsPerMessage, (most) =>
      add(`  max_rcpt = ${most}`, `At most ${counted(most, "recipient")} a copy of a message; the default is 100.`),
    ),
  ];
}

const queueRuns: readonly SettingLine[] = [
  remove("QUEUEINTERVAL='30m'"),
  add(
    "QUEUEINTERVAL='1m'",
    "What found no free session waits for the next queue run: every minute (-q1m) instead of every half hour. Retry times stay as they are.",
  ),
];

function notes({ pause, connections }: Throttle): readonly string[] {
  return [
    "On Debian with a split configuration these are two files, in /etc/exim4/conf.d/router (a name that begins with 190_) and /etc/exim4/conf.d/transport; without it they go into /etc/exim4/exim4.conf.template.",
    "remote_max_parallel is no cure: it counts the deliveries of one message only. Nor is queue_run_max: it leaves out the delivery that each message gets when it arrives.",
    "A run of this transport that passes its session on to the next message is counted for a moment together with that one, so at the limit sessions mostly carry one message each.",
    ...(connections === 1
      ? [
          "serialize_hosts keeps to one session a host name and keeps it for the next message, but does not count a session that was passed on: three at a time were seen with Exim 4.96.",
        ]
      : []),
    ...(pause === undefined
      ? []
      : [
          "Exim cannot pause between two deliveries. If one session is still too much, hold the mail back where it is made.",
        ]),
    "After a crash a count may stay behind for up to six hours; delete the files misc* in the folder db of the spool when the machine starts.",
  ];
}

const spec = "https://www.exim.org/exim-html-current/doc/html/spec_html";

const sources = [
  {
    name: "Exim: generic options for transports (max_parallel)",
    url: `${spec}/ch-generic_options_for_transports.html`,
  },
  {
    name: "Exim: the smtp transport (hosts_max_try, connection_max_messages, max_rcpt, serialize_hosts)",
    url: `${spec}/ch-the_smtp_transport.html`,
  },
  { name: "Exim: main configuration (remote_max_parallel, queue_run_max)", url: `${spec}/ch-main_configuration.html` },
] as const;
