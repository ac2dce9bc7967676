// The command line of `check`, read and validated: addresses, what is known of the mail, the refusal, lists, resolver, form of the answer.
import { parseArgs } from "node:util";
import { readAddress } from "../check/address.ts";
import { keyedLists } from "../check/lists.ts";
import type { Address } from "../model.ts";
import type { TypedMail } from "../protocol.ts";
import { visible } from "../tell/markdown.ts";
import { UsageError } from "./usage.ts";

/** What the user wants checked, and how it is to be told. */
export interface CheckWishes {
  /** Each once; empty when the log is to give it. */
  readonly addresses: readonly Address[];
  readonly typed: TypedMail;
  /** The refusal by its name. */
  readonly refusal: { readonly provider: string | undefined; readonly code: string } | undefined;
  /** The refusal by its place; the line from 0. */
  readonly log: { readonly file: string; readonly line: number } | undefined;
  readonly choices: Readonly<Record<string, boolean>>;
  readonly keys: Readonly<Record<string, string>>;
  readonly extras: boolean;
  readonly servers: readonly string[];
  readonly endpoint: string | undefined;
  readonly yes: boolean;
  readonly many: boolean;
  readonly form: "text" | "json" | "markdown";
  readonly redact: boolean;
}

const one = { type: "string" } as const;
const several = { type: "string", multiple: true } as const;
const flag = { type: "boolean", default: false } as const;
const options = {
  ...{ helo: one, from: one, "header-from": one, to: one, dkim: several },
  ...{ provider: one, code: one, log: one, line: one },
  ...{ list: several, "no-list": several, extras: flag },
  ...{ resolver: several, doh: one },
  ...{ yes: flag, many: flag, json: flag, markdown: flag, redact: flag },
};

type Values = ReturnType<typeof parse>["values"];

function parse(args: string[]) {
  return parseArgs({ args, allowPositionals: true, options });
}

const mostAddresses = 50;

/** Reads the arguments behind `check`; keys of lists come from the environment only. Throws a UsageError with a sentence for the user. */
export function readCheckOptions(args: string[], environment: NodeJS.ProcessEnv): CheckWishes {
  const { values, positionals } = parse(args);
  refuseBoth(values, ["json", "markdown"]);
  refuseBoth(values, ["resolver", "doh"]);
  refuseBoth(values, ["log", "code"]);
  refuseBoth(values, ["log", "provider"]);
  const { extras, yes, many, redact } = values;
  return {
    ...{ extras, yes, many, redact },
    addresses: addressesOf(positionals, values.log !== undefined),
    typed: typedOf(values),
    refusal: refusalOf(values),
    log: placeOf(values),
    choices: choicesOf(values),
    keys: keysOf(environment),
    servers: values.resolver ?? [],
    endpoint: values.doh,
    form: values.json ? "json" : values.markdown ? "markdown" : "text",
  };
}

function refuseBoth(values: Values, [first, second]: readonly [keyof Values, keyof Values]): void {
  const given = (name: keyof Values) => values[name] !== undefined && values[name] !== false;
  if (given(first) && given(second)) throw new UsageError(`Use either --${first} or --${second}, not both.`);
}

function addressesOf(texts: readonly string[], fromLog: boolean): readonly Address[] {
  if (texts.length === 0 && !fromLog)
    throw new UsageError("Name an address (smtp-log-lens check IP), or the line of a log (--log FILE --line N).");
  const found = new Map(texts.map(addressOf).map((address) => [address.text, address]));
  if (found.size > mostAddresses) throw new UsageError(`At most ${mostAddresses} addresses are checked at once.`);
  return [...found.values()];
}

function addressOf(text: string): Address {
  const address = readAddress(text);
  if (address === undefined) throw new UsageError(`"${shown(text)}" is no IP address.`);
  return address;
}

function typedOf(values: Values): TypedMail {
  const { helo, from, to, dkim } = values;
  return {
    ...(helo !== undefined && { helo: matching(helo, word, "a HELO name, such as mail.example.net") }),
    ...(from !== undefined && { sender: senderOf(from) }),
    ...(values["header-from"] !== undefined && { headerFrom: domainOf(values["header-from"]) }),
    ...(dkim !== undefined && { dkim: dkim.map((text) => matching(text, key, keyExample)) }),
    ...(to !== undefined && { recipientDomain: domainOf(to) }),
  };
}

const word = /^[^\s\p{C}]{1,255}$/u;
const mailbox = /^[^\s\p{C}<>]{1,256}@[^\s\p{C}@<>]{1,255}$/u;
const domain = /^[^\s\p{C}@<>/:]{1,255}$/u;
const key = /^[^\s\p{C}@<>/:]{1,253}$/u;
const keyExample = "the name of a DKIM key, such as s1._domainkey.example.net";

/** "<>" for the null sender (RFC 5321 4.5.5). */
function senderOf(text: string): string {
  const plain = text.replace(/^<(.*)>$/, "$1");
  return plain === "" ? "<>" : matching(plain, mailbox, "an envelope sender, such as news@example.net");
}

/** The domain, of an address too. */
function domainOf(text: string): string {
  const name = text.slice(text.lastIndexOf("@") + 1).replace(/\.$/, "");
  return matching(name, domain, "a domain, such as example.net");
}

function matching(text: string, shape: RegExp, what: string): string {
  if (!shape.test(text)) throw new UsageError(`"${shown(text)}" is not ${what}.`);
  return text;
}

function refusalOf({ provider, code }: Values): CheckWishes["refusal"] {
  if (code === undefined && provider !== undefined)
    throw new UsageError("Name the code too: --provider ID --code TOKEN.");
  return code === undefined ? undefined : { provider, code };
}

function placeOf({ log, line }: Values): CheckWishes["log"] {
  if (log === undefined && line === undefined) return undefined;
  if (log === undefined || line === undefined)
    throw new UsageError("Name the file and the line of the refusal: --log FILE --line N.");
  if (!/^[1-9]\d{0,8}$/.test(line)) throw new UsageError(`"${shown(line)}" is no line: lines count from 1.`);
  return { file: log, line: Number(line) - 1 };
}

function choicesOf(values: Values): Readonly<Record<string, boolean>> {
  const [wanted, unwanted] = [values.list ?? [], values["no-list"] ?? []].map((zones) => zones.map(zoneOf));
  const both = wanted?.find((zone) => unwanted?.includes(zone));
  if (both !== undefined) throw new UsageError(`"${shown(both)}" is in --list and in --no-list.`);
  const pairs = [...(wanted ?? []).map((zone) => [zone, true]), ...(unwanted ?? []).map((zone) => [zone, false])];
  return Object.fromEntries(pairs);
}

function zoneOf(text: string): string {
  const zone = text.trim().toLowerCase().replace(/\.$/, "");
  if (!/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/.test(zone))
    throw new UsageError("--list and --no-list take the zone of a DNS list, such as zen.spamhaus.org.");
  return zone;
}

// A key on the command line could be read by every user of the machine, and would stay in the shell's history.
function keysOf(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const pairs = keyedLists.map(({ id }) => [id, environment[keyVariable(id)]?.trim() ?? ""] as const);
  return Object.fromEntries(pairs.filter(([, secret]) => secret !== ""));
}

/** The environment variable that holds the key of a list: "SMTP_LOG_LENS_KEY_DQS". */
export function keyVariable(id: string): string {
  return `SMTP_LOG_LENS_KEY_${id.toUpperCase().replace(/[^A-Z0-9]/g, "_")}`;
}

function shown(text: string): string {
  return visible(text.slice(0, 80));
}
