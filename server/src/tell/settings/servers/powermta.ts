// PowerMTA: a block of directives for the provider's domains.
import type { Setting, SettingLine, Throttle } from "../../../measurement.ts";
import { counted } from "../../words.ts";
import { costOf } from "../cost.ts";
import { add, given } from "../lines.ts";
import { domainNotes, ownName, shareOf, soundNames } from "../names.ts";

/** The change of PowerMTA's configuration for a throttle; undefined when no domain can be written. */
export function powermtaSetting(throttle: Throttle): Setting | undefined {
  const domains = soundNames(throttle.domains);
  if (domains.length === 0) return undefined;
  return {
    server: "powermta",
    serverName: "PowerMTA",
    files: [{ path: "/etc/pmta/config", lines: block(throttle, domains) }],
    commands: ["pmta reload", "pmta show domains"],
    cost: costOf(throttle, { pauses: true }),
    notes: [...domainNotes(throttle), ...notes(throttle, domains.length)],
    sources,
  };
}

function block(throttle: Throttle, domains: readonly string[]): readonly SettingLine[] {
  const { messagesPerConnection, recipientsPerMessage, pause, providerName } = throttle;
  const macro = ownName(throttle, "");
  const several = domains.length > 1;
  return [
    ...(several
      ? [
          add(
            `domain-macro ${macro} ${domains.join(", ")}`,
            `The recipient domains that this log sent to ${providerName}, under one name.`,
          ),
        ]
      : []),
    add(
      `<domain ${several ? `$${macro}` : domains[0]}>`,
      `For mail to ${several ? "each of these domains" : domains[0]} only.`,
    ),
    sessions(throttle, domains.length),
    ...given(messagesPerConnection, (most) =>
      add(
        `    max-msg-per-connection ${most}`,
        `A session carries at most ${counted(most, "message")}; without limit by default.`,
      ),
    ),
    ...given(recipientsPerMessage, (most) =>
      add(
        `    max-rcpt-per-message ${most}`,
        `At most ${counted(most, "recipient")} each time that a message is handed over.`,
      ),
    ),
    ...given(pause, (seconds) =>
      add(`    max-msg-rate 1/${seconds}s`, `One recipient is tried every ${counted(seconds, "second")}.`),
    ),
    add(
      "    smtp-421-means-mx-unavailable yes",
      "After a 421 the session is closed; by default it is used for the next recipient.",
    ),
    add("</domain>", "End of the block."),
  ];
}

function sessions(throttle: Throttle, domains: number): SettingLine {
  const share = shareOf(throttle, domains);
  const each = `At most ${counted(share, "session")} at the same time`;
  const why =
    domains > 1
      ? `${each} for each domain, its share of the ${counted(throttle.connections, "session")} for ${domains} domains; the default is 20.`
      : `${each}; the default is 20.`;
  return add(`    max-smtp-out ${share}`, why);
}

function notes({ connections }: Throttle, domains: number): readonly string[] {
  return [
    "Not proved by PowerMTA itself, which is not free to run: the names of the directives come from its documentation as others quote it. pmta reload names what it does not know.",
    "PowerMTA counts by domain and VirtualMTA: several VirtualMTAs behind one address add up. Put the block into each, with its share.",
    ...(domains > connections
      ? [
          `${domains} domains with one session each may together still open more than ${connections}: an MX rollup (see the User’s Guide) makes them one queue.`,
        ]
      : []),
  ];
}

const sources = [
  {
    name: "A published PowerMTA configuration with these directives; the User’s Guide comes with the product",
    url: "https://pastebin.com/aeJaV82Y",
  },
  { name: "PowerMTA’s own sample configuration, changed by a user", url: "https://pastebin.com/0R7JjaJ5" },
] as const;
