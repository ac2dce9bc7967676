// Evaluates SPF with the library: strictly by RFC 7208, and only by the questions of the check.
import { spf as evaluate, type SPFResult } from "mailauth/lib/spf/index.js";
import type { SpfFault, SpfQuestion, SpfResult } from "../../check/mailAuth.ts";
import { shown } from "../../check/probe.ts";
import type { Ask } from "../../check/resolver.ts";
import { type Books, openBooks } from "./books.ts";
import { replay } from "./replay.ts";

// RFC 7208 7.3: what stands for the receiving host where it is not known.
const receiver = "unknown";

/** What SPF says of a sender. */
export async function spf(question: SpfQuestion, ask: Ask): Promise<SpfResult> {
  const books = openBooks(ask);
  const { ip, helo } = question;
  const sender = question.sender || undefined;
  if ((sender ?? helo) === undefined) return outOfOrder("", "Neither a sender nor a HELO name is known.");
  try {
    const options = { ip, mta: receiver, strict: true, resolver: books.resolve };
    return toResult(await evaluate({ ...options, ...given({ sender, helo }) }), books);
  } catch (problem) {
    return outOfOrder(sender ?? helo ?? "", problem instanceof Error ? problem.message : String(problem));
  }
}

function given({ sender, helo }: { sender: string | undefined; helo: string | undefined }) {
  return { ...(sender === undefined ? {} : { sender }), ...(helo === undefined ? {} : { helo }) };
}

/** A fault of the library itself. */
function outOfOrder(domain: string, problem: string): SpfResult {
  const lookups = { count: 0, limit: 10, void: 0 };
  const nothing = { record: undefined, matched: undefined, at: undefined, silence: undefined, explanation: undefined };
  return { result: "temperror", domain, ...nothing, problem: shown(problem), fault: "library", lookups, tree: [] };
}

function toResult(found: SPFResult, books: Books): SpfResult {
  const { domain, rr, explanation, lookups = { count: 0, limit: 10, void: 0 } } = found;
  const result = wordOf(found.status.result);
  const sender = { ip: found["client-ip"], sender: found["envelope-from"] ?? "", helo: found.helo };
  const { matched, lines } = replay(domain, result, { books, sender });
  const { count, limit, void: empty } = lookups;
  return {
    result,
    domain: shown(domain),
    record: rr,
    matched: matched && shown(matched.term),
    at: matched && shown(matched.at),
    ...problemOf(result, found, books),
    explanation: explanation && shown(explanation),
    lookups: { count, limit, void: empty },
    tree: lines,
  };
}

const words = ["pass", "fail", "softfail", "neutral", "none", "permerror"] as const;

function wordOf(result: string): SpfResult["result"] {
  return words.find((word) => word === result) ?? "temperror";
}

function problemOf(
  result: SpfResult["result"],
  found: SPFResult,
  books: Books,
): Pick<SpfResult, "problem" | "fault" | "silence"> {
  const failure = result === "temperror" ? books.failure() : undefined;
  if (failure !== undefined) {
    return { problem: shown(`${failure.name} ${failure.type}`), fault: "dns", silence: failure.kind };
  }
  if (result !== "permerror" && result !== "temperror") {
    return { problem: undefined, fault: undefined, silence: undefined };
  }
  const text = commentText(found);
  const [pattern, known] = faults.find(([pattern]) => pattern.test(text)) ?? [];
  const name = pattern?.exec(text)?.[1];
  return {
    problem: shown(name ?? text),
    fault: known ?? (result === "permerror" ? "syntax" : "library"),
    silence: undefined,
  };
}

/** What the library says behind the sender, which is a stranger's text too. */
function commentText({ status, "envelope-from": sender = "" }: SPFResult): string {
  const marker = ` in processing during lookup of ${sender}: `;
  const comment = status.comment ?? "";
  const at = comment.indexOf(marker);
  return at < 0 ? "" : comment.slice(at + marker.length);
}

// What stands in parentheses is the name that it is about.
const faults: readonly (readonly [RegExp, SpfFault])[] = [
  [/^Too many DNS requests/, "too-many-lookups"],
  [/^Too many void DNS/, "too-many-empty"],
  [/^multiple SPF records found for (.*)$/s, "several-records"],
  [/^no SPF records found for (.*)$/s, "reference-without-record"],
  [/^DNS response includes invalid characters/, "not-ascii"],
  [/^Invalid (?:domain|include target|redirect target) (.*)$/s, "no-such-name"],
];
