// What the panel and its page say to each other, and the guards at both ends.
import type { ReportForm, ReportPage } from "../../../../server/src/logProtocol.ts";
import type { Page, Row, TypedMail } from "../../../../server/src/protocol.ts";
import type { Kind } from "../../../../server/src/tally.ts";
import { isAddress, mostAddresses } from "./addresses.ts";
import type { CheckState, Run, Wish } from "./checkState.ts";

/** What the page shows. */
export type View =
  | { readonly state: "loading" }
  | { readonly state: "page"; readonly page: Page; readonly logOpen: boolean }
  | { readonly state: "report"; readonly page: ReportPage }
  /** Logs are being counted; undefined while nothing is known of how far. */
  | { readonly state: "counting"; readonly message: string | undefined }
  | { readonly state: "missing"; readonly path: string }
  | { readonly state: "gone"; readonly why: string };

/** From the panel to its page. `standing`: a yes of the user stands, so a check may begin at once. */
export type ToPage =
  | { readonly type: "view"; readonly view: View }
  | { readonly type: "check"; readonly check: CheckState; readonly standing: boolean }
  | { readonly type: "row"; readonly index: number; readonly row: Row }
  | { readonly type: "run"; readonly index: number; readonly run: Run }
  | { readonly type: "said"; readonly about: About; readonly text: string };

/** Beside which buttons the page says what became of a click. */
export type About = "check" | "setting" | "request" | "export";

/** What a click on the page may open: settings, the workspace's trust, a key, the explanation of the page's own refusal. */
export type Opens = "consent-setting" | "dns-settings" | "trust" | "key" | "explanation";

/** What a number of a report counts: all failures, or those of which all that is told here is so. Indexes into the report's own lists. */
export interface LinesOf {
  readonly provider?: number;
  /** Among the provider's codes. */
  readonly code?: number;
  /** Among the code's domains, and its sources. */
  readonly domain?: number;
  readonly source?: number;
  readonly wording?: number;
  readonly step?: number;
  readonly kind?: Kind;
}

/** From the page to its panel. */
export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "reload" }
  | { readonly type: "cancel" }
  | { readonly type: "refresh" }
  /** Forgets the remembered consent. */
  | { readonly type: "forget" }
  | { readonly type: "jump"; readonly uri: string; readonly line: number }
  | { readonly type: "open"; readonly url: string }
  | { readonly type: "go"; readonly to: Opens }
  /** `atOnce`: carry it out when a consent stands that covers it. */
  | { readonly type: "plan"; readonly wish: Wish; readonly atOnce: boolean }
  /** The answer to the plan on the screen; `many`: more addresses than usual were confirmed. */
  | { readonly type: "ask"; readonly plan: string; readonly how: "now" | "always" | "never"; readonly many: boolean }
  | { readonly type: "copy"; readonly format: "markdown" | "json"; readonly redact: boolean }
  /** Lines of a configuration that this page shows, for the clipboard. */
  | { readonly type: "copy-setting"; readonly text: string }
  /** The lines that a number of a report stands for. */
  | { readonly type: "lines"; readonly of: LinesOf }
  /** A place in one of the logs of a report. */
  | { readonly type: "place"; readonly file: number; readonly line: number }
  /** The explanation of a code of a report, by its address. */
  | { readonly type: "explain"; readonly page: string }
  | { readonly type: "export"; readonly form: ReportForm }
  /** Drafts a letter to the provider about an address of the log; undefined: the log's most frequent. */
  | { readonly type: "request"; readonly ip: string | undefined }
  /** Opens a row for the catalogue, made of the reply on a line (from 0) that says `template`. */
  | { readonly type: "row"; readonly uri: string; readonly line: number; readonly template: string };

/** Reads what a page sent; undefined for anything that a page of ours does not say. */
export function readFromPage(value: unknown): FromPage | undefined {
  if (!isRecord(value)) return undefined;
  return readPlain(value) ?? readRemedy(value) ?? readReport(value) ?? readCheck(value);
}

const forms: readonly ReportForm[] = ["csv", "ndjson", "sarif", "markdown"];

function readReport({ type, file, line, page, form, of }: Record<string, unknown>): FromPage | undefined {
  const lines = type === "lines" ? readLinesOf(of) : undefined;
  if (lines !== undefined) return { type: "lines", of: lines };
  if (type === "place" && isLine(file) && isLine(line)) return { type, file, line };
  if (type === "explain" && isText(page, 200)) return { type, page };
  const known = forms.find((one) => one === form);
  return type === "export" && known !== undefined ? { type, form: known } : undefined;
}

const kinds: readonly unknown[] = ["permanent", "temporary", "ours"];

function readLinesOf(value: unknown): LinesOf | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, provider, code, domain, source, wording, step } = value;
  const known = Object.entries({ provider, code, domain, source, wording, step }).filter(([, at]) => at !== undefined);
  if (!known.every(([, at]) => isLine(at)) || (kind !== undefined && !kinds.includes(kind))) return undefined;
  return Object.fromEntries(kind === undefined ? known : [...known, ["kind", kind]]);
}

function readPlain({ type, uri, line, url, to }: Record<string, unknown>): FromPage | undefined {
  if (type === "ready" || type === "reload" || type === "cancel" || type === "refresh" || type === "forget")
    return { type };
  if (type === "jump" && isText(uri, 4_096) && isLine(line)) return { type, uri, line };
  if (type === "open" && isText(url, 2_048)) return { type, url };
  const opens = goals.find((known) => known === to);
  return type === "go" && opens !== undefined ? { type, to: opens } : undefined;
}

const goals: readonly Opens[] = ["consent-setting", "dns-settings", "trust", "key", "explanation"];

function readRemedy({ type, text, ip, uri, line, template }: Record<string, unknown>): FromPage | undefined {
  if (type === "row" && isText(uri, 4_096) && isLine(line) && isText(template, 400))
    return { type, uri, line, template };
  if (type === "copy-setting" && isText(text, 20_000)) return { type, text };
  if (type === "request" && (ip === undefined || (isText(ip, 60) && isAddress(ip)))) return { type, ip };
  return undefined;
}

function readCheck({ type, ...value }: Record<string, unknown>): FromPage | undefined {
  const { plan, how, many, format, redact, atOnce } = value;
  if (type === "ask" && isText(plan, 100) && (how === "now" || how === "always" || how === "never"))
    return { type, plan, how, many: many === true };
  if (type === "copy" && (format === "markdown" || format === "json")) return { type, format, redact: redact === true };
  const wish = type === "plan" ? readWish(value.wish) : undefined;
  return type === "plan" && wish !== undefined ? { type, wish, atOnce: atOnce === true } : undefined;
}

function readWish(value: unknown): Wish | undefined {
  if (!isRecord(value)) return undefined;
  const { ips, typed, extras } = value;
  if (!isTexts(ips, mostAddresses, 60) || ips.length === 0) return undefined;
  const mail = readTyped(typed);
  return mail === undefined ? undefined : { ips, typed: mail, extras: extras === true };
}

/** A domain name has at most 253 characters (RFC 1035 2.3.4), an address 320. */
function readTyped(value: unknown): TypedMail | undefined {
  if (!isRecord(value)) return undefined;
  const { helo, sender, headerFrom, dkim, recipientDomain } = value;
  if (![helo, headerFrom, recipientDomain].every((name) => name === undefined || isText(name, 255))) return undefined;
  // The null sender is an empty text.
  if (sender !== undefined && sender !== "" && !isText(sender, 320)) return undefined;
  if (dkim !== undefined && !isTexts(dkim, 10, 320)) return undefined;
  const pairs = Object.entries({ helo, sender, headerFrom, dkim, recipientDomain });
  return Object.fromEntries(pairs.filter(([, typed]) => typed !== undefined)) as TypedMail;
}

/** Reads what the panel sent; undefined for anything else that reaches the page's window. */
export function readToPage(value: unknown): ToPage | undefined {
  if (!isRecord(value)) return undefined;
  const { type } = value;
  const known =
    (type === "view" && hasState(value.view, viewStates)) ||
    (type === "check" && hasState(value.check, checkStates)) ||
    (type === "run" && isLine(value.index) && hasState(value.run, runStates)) ||
    (type === "row" && isLine(value.index) && isRecord(value.row)) ||
    (type === "said" && abouts.some((about) => about === value.about) && typeof value.text === "string");
  return known ? (value as unknown as ToPage) : undefined;
}

const abouts: readonly About[] = ["check", "setting", "request", "export"];
const viewStates = new Set(["loading", "page", "report", "counting", "missing", "gone"]);
const checkStates = new Set(["idle", "planning", "refused", "failed", "planned", "running", "ended"]);
const runStates = new Set(["waiting", "running", "done", "stopped", "failed", "skipped"]);

function hasState(value: unknown, states: ReadonlySet<string>): boolean {
  return isRecord(value) && typeof value.state === "string" && states.has(value.state);
}

function isText(value: unknown, most: number): value is string {
  return typeof value === "string" && value !== "" && value.length <= most;
}

function isTexts(value: unknown, most: number, length: number): value is string[] {
  return Array.isArray(value) && value.length <= most && value.every((text) => isText(text, length));
}

function isLine(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
