// KumoMTA: a shaping rule for the provider, found by its mail exchangers where the log names them.
import type { Setting, SettingLine, Throttle } from "../../../measurement.ts";
import { counted } from "../../words.ts";
import { costOf } from "../cost.ts";
import { add, given } from "../lines.ts";
import { domainNotes, ownName, soundNames } from "../names.ts";

/** The change of KumoMTA's shaping file for a throttle; undefined when neither a host nor a domain can be written. */
export function kumomtaSetting(throttle: Throttle): Setting | undefined {
  const [hosts, domains] = [soundNames(throttle.hosts), soundNames(throttle.domains)];
  const [domain] = domains;
  if (domain === undefined) return undefined;
  return {
    server: "kumomta",
    serverName: "KumoMTA",
    files: [{ path: file, lines: hosts.length > 0 ? provider(throttle, hosts) : site(throttle, domain) }],
    commands: [`/opt/kumomta/sbin/validate-shaping ${file}`, `/opt/kumomta/sbin/resolve-shaping-domain ${domain}`],
    cost: costOf(throttle, { pauses: true }),
    notes: hosts.length > 0 ? providerNotes : [...domainNotes(throttle), siteNote],
    sources,
  };
}

const file = "/opt/kumomta/etc/policy/custom-shaping.toml";

function provider(throttle: Throttle, hosts: readonly string[]): readonly SettingLine[] {
  const match = hosts.map((host) => `{ HostName = "${host}" }`).join(", ");
  return [
    add(
      `[provider."${ownName(throttle, "-")}"]`,
      `A rule for ${throttle.providerName}, whatever the recipient domain.`,
    ),
    add(`match = [${match}]`, "Every domain whose mail exchangers are all among these hosts, those of the log."),
    add(
      `provider_connection_limit = ${throttle.connections}`,
      `At most ${counted(throttle.connections, "session")} at the same time, over all these domains; connection_limit would count each set of mail exchangers by itself.`,
    ),
    ...common(throttle),
    ...given(throttle.pause, (seconds) => rate("provider_max_message_rate", seconds)),
  ];
}

/** One domain only: KumoMTA takes it for all domains with the same mail exchangers, and refuses two of them in one file. */
function site(throttle: Throttle, domain: string): readonly SettingLine[] {
  return [
    add(`["${domain}"]`, `A rule for ${domain} and every domain with the same mail exchangers.`),
    add(
      `connection_limit = ${throttle.connections}`,
      `At most ${counted(throttle.connections, "session")} at the same time.`,
    ),
    ...common(throttle),
    ...given(throttle.pause, (seconds) => rate("max_message_rate", seconds)),
  ];
}

function common({ messagesPerConnection, recipientsPerMessage }: Throttle): readonly SettingLine[] {
  return [
    ...given(messagesPerConnection, (most) =>
      add(
        `max_deliveries_per_connection = ${most}`,
        `A session carries at most ${counted(most, "message")}; the default is 1,024.`,
      ),
    ),
    ...given(recipientsPerMessage, (most) =>
      add(
        `max_recipients_per_batch = ${most}`,
        `At most ${counted(most, "recipient")} a message; the default is 100. Leave it out where your version does not know it.`,
      ),
    ),
  ];
}

function rate(name: string, seconds: number): SettingLine {
  return add(
    `${name} = "1/${seconds}s"`,
    `One message every ${counted(seconds, "second")}; a period of several seconds needs version 2025.01.23.`,
  );
}

const providerNotes = [
  "Not proved by KumoMTA itself, which Debian does not have; validate-shaping checks the file. HostName needs version 2025.01.23; before, write MXSuffix and a common end of the hosts’ names.",
  "The rule takes effect only where every mail exchanger of a domain is named: add those that dig mx shows and this log did not use.",
  "The file has to be among extra_files of your shaping setup. The limits hold for each egress source by itself: several behind one address add up.",
] as const;

const siteNote =
  "Not proved by KumoMTA itself, which Debian does not have; validate-shaping checks the file. It has to be among extra_files of your shaping setup.";

const docs = "https://docs.kumomta.com";

const sources = [
  { name: "KumoMTA: MX rollups and provider blocks", url: `${docs}/userguide/trafficshaping/rollups/` },
  { name: "KumoMTA: connection_limit", url: `${docs}/reference/kumo/make_egress_path/connection_limit` },
  {
    name: "KumoMTA: max_deliveries_per_connection",
    url: `${docs}/reference/kumo/make_egress_path/max_deliveries_per_connection/`,
  },
  { name: "KumoMTA: max_message_rate", url: `${docs}/reference/kumo/make_egress_path/max_message_rate` },
  { name: "KumoMTA: form of a rate", url: `${docs}/reference/kumo/make_throttle` },
] as const;
