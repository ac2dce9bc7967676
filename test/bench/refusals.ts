// Lines of failures of many kinds: the replies that the catalogue gives as examples, each by a host of its provider.
import { entries, providers } from "../../server/src/catalogue/data.ts";
import { queueId, stamp } from "./log.ts";

interface Kind {
  readonly host: string;
  readonly domain: string;
  readonly text: string;
}

const all: readonly Kind[] = entries.flatMap(({ provider, examples }) => {
  const file = providers.find(({ id }) => id === provider);
  const host = (file?.hosts[0]?.pattern ?? "mx.example.net").replace("*.", "mx1.");
  const domain = (file?.domains[0]?.pattern ?? "example.net").replace("*.", "");
  return examples.filter((text) => /^[45]\d\d[ -]/.test(text)).map((text) => ({ host, domain, text: oneLine(text) }));
});

/** A log of a busy server holds fewer kinds than the catalogue knows. */
const most = 300;
const kinds = all.filter((_, at) => at % Math.ceil(all.length / most) === 0);

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").slice(0, 600);
}

/** How many kinds there are. */
export const kindCount = kinds.length;

/** The n-th line of a log, a failure of any kind; every third names its recipient in the reply. */
export function refusal(n: number, random: () => number): string {
  const { host, domain, text } = kinds[Math.floor(random() * kinds.length)] ?? { host: "", domain: "", text: "" };
  const recipient = `user${n}@${domain}`;
  const reply = n % 3 === 0 ? text.replace(/^(\d{3}[ -](?:\d\.\d\.\d )?)/, `$1<${recipient}>: `) : text;
  const relay = `${host}[192.0.2.${n % 200}]`;
  const delay = (n % 9000) / 10;
  const status = text.startsWith("4") ? "deferred" : "bounced";
  return `${stamp(n)} mx1 postfix/smtp[${1000 + (n % 50)}]: ${queueId(n)}: to=<${recipient}>, relay=${relay}:25, delay=${delay}, delays=${delay}/0/0.9/0.2, dsn=${text[0]}.0.0, status=${status} (host ${relay} said: ${reply} (in reply to RCPT TO command))`;
}
