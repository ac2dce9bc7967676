// Why no letter is drafted, and what helps instead: the provider cannot help, or somebody else has to act first.
import type { Limit } from "../measurement.ts";
import type { Contact, Entry } from "../model.ts";
import { pageId } from "./pages.ts";
import type { RequestCase } from "./requestCase.ts";
import { isGeneral, providerOf } from "./requestNames.ts";
import { spanText } from "./requestTimes.ts";
import { ended, entryLabel } from "./words.ts";

/** A reason; `final` when no check of the address can change it. */
export interface Reason {
  readonly why: string;
  readonly final: boolean;
}

const dayMs = 86_400_000;

/** Refusals that are temporary and not understood are left alone for so many days. */
const usualLasting = 2;

/** Why there is no letter; undefined when one can be written. */
export function reasonAgainst(request: RequestCase): Reason | undefined {
  const final = otherProvider(request) ?? expiring(request) ?? othersTurn(request) ?? noRefusals(request);
  if (final !== undefined) return { why: final, final: true };
  const turn = request.entry.turn === "you" && !isNotUnderstood(request) ? yourTurn(request) : tooEarly(request);
  if (turn !== undefined) return turn;
  const nobody = noContact(request);
  return nobody === undefined ? undefined : { why: nobody, final: true };
}

/** The contacts that take a letter to who answered. */
export function usableContacts({ entry, answerer }: Pick<RequestCase, "entry" | "answerer">): readonly Contact[] {
  const reaching = entry.contacts.filter(({ reaches }) => reaches === undefined || reaches === answerer?.id);
  const own = answerer?.own === false ? [] : reaching;
  return (own.length > 0 ? own : (answerer?.contacts ?? [])).filter(({ usable }) => usable);
}

/** "https://… (Suped, on bounces from Cox domains, 2025-08-19)" */
export function contactText({ value, source }: Contact): string {
  return `${value} (${source.name}, ${seenOn(source)})`;
}

/** The day on which a contact was last seen: that of its source, else of our look at it. */
export function seenOn({ date, checked }: Contact["source"]): string {
  return date ?? checked;
}

function otherProvider({ entry, answerer }: RequestCase): string | undefined {
  if (answerer === undefined || answerer.own) return undefined;
  const [form] = answerer.contacts.filter(({ usable }) => usable);
  const instead = form === undefined ? "" : ` Write there instead: ${contactText(form)}.`;
  return `${entry.providerName} cannot help: mail to these recipients is answered by ${answerer.name}, so this code of ${entry.providerName} is an old or a quoted one.${instead}`;
}

function expiring({ entry, decoded, seen }: RequestCase): string | undefined {
  const { expires, source } = entry.asking ?? {};
  if (expires === undefined) return undefined;
  const label = entryLabel(entry, decoded?.bits);
  const anew =
    seen.span !== undefined && seen.span > expires * 3_600_000
      ? ` This log shows it over ${spanText(seen.span)}: each time the address earned it anew, so the cause is in what it sends.`
      : "";
  return `A letter would come too late: ${label} ends by itself, at most ${expires} hours after it began (${source?.name}).${anew} ${firstStep(entry)} ${ended(entry.retry)}`;
}

/** Somebody else than the provider and the user has to act, or nobody. */
function othersTurn(request: RequestCase): string | undefined {
  const { entry, ours } = request;
  if (ours) return "Your own server gave these refusals: there is no provider to write to.";
  const step = firstStep(entry);
  if (entry.turn === "wait") return `Waiting cures this, a letter does not. ${step} Send again? ${ended(entry.retry)}`;
  if (entry.turn === "recipient")
    return `Only the recipient can change this: a letter to ${providerOf(request)} does not help. ${step}`;
  if (entry.turn === "account-owner")
    return `The owner of the sending account has to act: a letter about the address does not help. ${step}`;
  return entry.turn === "list-operator" ? listTurn(request) : undefined;
}

function listTurn(request: RequestCase): string {
  const named = (request.decoded?.lists ?? []).map(({ name, removal }) =>
    removal === undefined ? name : `${name} (${removal})`,
  );
  const where = named.length === 0 ? firstStep(request.entry) : `Ask for removal there: ${named.join(", ")}.`;
  const provider = providerOf(request);
  return `${provider[0]?.toUpperCase()}${provider.slice(1)} only uses the list and cannot take anything off it. ${where}`;
}

function noRefusals({ entry, decoded, log, seen, ip, others }: RequestCase): string | undefined {
  if (seen.count > 0) return undefined;
  if (!log) return "A letter needs the refusals themselves: open the log that holds them.";
  const of = ip === undefined ? "" : ` of ${ip}`;
  const shown = others.length === 0 ? "" : ` It shows those of ${others.join(", ")}.`;
  return `A letter needs the refusals themselves, and this log holds none with ${entryLabel(entry, decoded?.bits)}${of}.${shown}`;
}

/** A code of the provider's own beside one of the standard, which the catalogue does not know: what the standard says is no advice. */
function isNotUnderstood({ entry, seen }: RequestCase): boolean {
  return isGeneral(entry) && seen.unknownTokens > 0;
}

function yourTurn(request: RequestCase): Reason | undefined {
  const { entry, reports } = request;
  const held = overLimit(request);
  if (held !== undefined) return { why: held, final: true };
  if (entry.asking?.lasting !== undefined) return lasts(request, entry.asking.lasting);
  if (reports.some(({ conclusion }) => conclusion === "not-explained")) return undefined;
  const first = `It is your turn first. ${firstStep(entry)}`;
  if (entry.rule.named.length === 0) return { why: first, final: true };
  return {
    why: `${first} When a check of the address shows that this is in order, the letter can be drafted with it.`,
    final: false,
  };
}

/** The log itself shows the fault. */
function overLimit(request: RequestCase): string | undefined {
  const limit = connectionLimit(request);
  const most = Math.max(0, ...refusedAt(request).map(({ least }) => least));
  if (limit === undefined || most <= limit.value) return undefined;
  const { entry, decoded } = request;
  return `It is your turn first. When ${entryLabel(entry, decoded?.bits)} came, this log shows up to ${most} sessions open at the same moment; ${limit.value} are allowed (${limit.source.name}, ${seenOn(limit.source)}). ${firstStep(entry)}`;
}

/** True when every refusal came while no more sessions were open than the provider allows. */
export function keptLimit(request: RequestCase): Limit | undefined {
  const limit = connectionLimit(request);
  const refused = refusedAt(request);
  return limit !== undefined && refused.length > 0 && refused.every(({ most }) => most <= limit.value)
    ? limit
    : undefined;
}

function connectionLimit({ entry, limits }: RequestCase): Limit | undefined {
  return entry.reason === "toomanyconn"
    ? limits.find(({ what, current }) => what === "connections" && current)
    : undefined;
}

function refusedAt({ measurement, entry, decoded }: RequestCase) {
  return measurement?.refusals[pageId(entry, decoded)]?.at ?? [];
}

function lasts(request: RequestCase, days: number): Reason | undefined {
  const { span } = request.seen;
  if ((span !== undefined && span >= days * dayMs) || keptLimit(request) !== undefined) return undefined;
  return { why: `It is your turn first. ${firstStep(request.entry)} ${notYet(span, days)}`, final: true };
}

function notYet(span: number | undefined, days: number): string {
  const shown = span === undefined ? "these lines name no time" : `in this log they span ${spanText(span)}`;
  return `A letter helps when the refusals go on for ${days} days all the same; ${shown}.`;
}

/** What nobody understands and is only temporary may pass by itself. */
function tooEarly(request: RequestCase): Reason | undefined {
  const { entry, seen } = request;
  if (seen.permanent > 0 || (entry.turn === "provider" && !isGeneral(entry))) return undefined;
  if (seen.span !== undefined && seen.span >= usualLasting * dayMs) return undefined;
  return {
    why: `Wait first: all these refusals are temporary, and your server tries again by itself. ${notYet(seen.span, usualLasting)}`,
    final: true,
  };
}

function noContact(request: RequestCase): string | undefined {
  if (usableContacts(request).length > 0) return undefined;
  if (request.answerer === undefined && isGeneral(request.entry))
    return "It is not known whose mail host answered, so there is nobody to write to. The reply itself may name a page or an address.";
  return `The catalogue knows no address of ${providerOf(request)} that takes such a request. The reply itself may name one.`;
}

/** What to do instead. */
function firstStep({ remedies, rule }: Entry): string {
  return remedies[0]?.text ?? rule.look ?? "";
}
