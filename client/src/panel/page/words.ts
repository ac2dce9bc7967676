// The words of a check: conclusions, verdicts of rows, whose turn it is, numbers and times.
import type { Conclusion, Report, Row, Verdict } from "../../../../server/src/protocol.ts";
import { visible } from "./text.ts";

/** A word and the tone of its sign; the sign never says more than the word. */
export interface Toned {
  readonly word: string;
  readonly tone: "error" | "warning" | "info" | "ok" | "unknown" | "neutral";
}

/** What the answers say about the refusal. */
export const conclusions: Readonly<Record<Conclusion, Toned>> = {
  explains: { word: "Explains it", tone: "error" },
  consistent: { word: "Consistent", tone: "warning" },
  "not-explained": { word: "Not explained", tone: "info" },
  "cannot-be-checked": { word: "Cannot be checked", tone: "unknown" },
};

const verdicts: Readonly<Record<Verdict, Toned>> = {
  listed: { word: "Listed", tone: "error" },
  "not-listed": { word: "Not listed", tone: "ok" },
  blocked: { word: "The list refused to answer", tone: "unknown" },
  unknown: { word: "Unknown", tone: "unknown" },
  "not-checked": { word: "Not checked", tone: "neutral" },
  pass: { word: "In order", tone: "ok" },
  fail: { word: "Not in order", tone: "error" },
};

/** The state of a row: "Listed: PBL". */
export function stateOf({ verdict, lists }: Pick<Row, "verdict" | "lists">): Toned {
  const { word, tone } = verdicts[verdict];
  return lists.length === 0 ? { word, tone } : { word: `${word}: ${lists.map(visible).join(", ")}`, tone };
}

/** True for what needs somebody to act. */
export function isBad({ verdict }: Pick<Row, "verdict">): boolean {
  return verdict === "listed" || verdict === "fail";
}

/** True for a question that was asked and has no valid answer. */
export function isOpen({ verdict }: Pick<Row, "verdict">): boolean {
  return verdict === "blocked" || verdict === "unknown";
}

type Turn = NonNullable<Row["turn"]>;

const turns: Readonly<Record<Turn, string>> = {
  you: "Your turn",
  wait: "Wait",
  provider: "The provider’s turn",
  "list-operator": "The list operator’s turn",
  recipient: "The recipient’s turn",
  "account-owner": "The account owner’s turn",
  unknown: "Not known whose turn it is",
};

/** Whose turn a row's remedy is: the provider behind an address or a name is the one that hosts it. */
export function rowTurn(turn: Row["turn"]): string | undefined {
  if (turn === undefined) return undefined;
  return turn === "provider" ? "Your hosting provider’s turn" : turns[turn];
}

/** Whose turn the next step is: the hosting provider's when a row says so, else that of the provider that refused. */
export function nextTurn({ next, rows, subject }: Report): string | undefined {
  if (next?.turn === undefined) return undefined;
  const { text, turn } = next;
  const row = rows.find(({ remedy }) => remedy !== undefined && (remedy.includes(text) || text.includes(remedy)));
  if (turn !== "provider" || row !== undefined) return rowTurn(turn);
  const { provider } = subject.refusal ?? {};
  return provider === undefined ? turns[turn] : `${provider}’s turn`;
}

/** True for a row that holds an answer: also one that refuses, for that is known then. */
export function isAnswered({ verdict }: Pick<Row, "verdict">): boolean {
  return verdict !== "unknown" && verdict !== "not-checked";
}

/** "1 question", "1,204 questions". */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? noun : plural}`;
}

/** Text with a capital at its beginning. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** True for a sentence that asks for the user's key of a list. */
export function wantsKey(text: string): boolean {
  return /\bkeys?\b/i.test(text);
}

/** "34 ms", "1.2 s". */
export function lasted(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** How old a remembered answer is: "40 seconds ago", "3 minutes ago". */
export function ago(seconds: number): string {
  if (seconds < 90) return `${counted(Math.round(seconds), "second")} ago`;
  if (seconds < 5_400) return `${counted(Math.round(seconds / 60), "minute")} ago`;
  return `${counted(Math.round(seconds / 3_600), "hour")} ago`;
}
