// Tells pages and summaries as plain text for a terminal; log text in it cannot move the cursor or change colours.
import type { MailCounts } from "../model.ts";
import { type ExplanationPage, gradeNames, judgementNames, type MeasuredPage } from "../protocol.ts";
import { bounded, visible } from "./markdown.ts";
import { settingLines } from "./settings/text.ts";
import { counted, type Kind, mailWords, unpublished } from "./words.ts";

/** One kind of failure in a log, counted. */
export interface Counted {
  readonly label: string;
  readonly title: string;
  readonly provider: string;
  readonly kind: Kind;
  readonly count: number;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** What a file is: undefined format for no mail log, and its mails if it holds mails. */
export interface Summed {
  readonly format: string | undefined;
  readonly mails?: MailCounts | undefined;
}

/** What a log holds, for a person: the format, then each kind of failure, the most frequent first. */
export function summaryText(name: string, { format, mails }: Summed, kinds: readonly Counted[]): string {
  if (format === undefined) return `${visible(name)}: no mail log that this program knows\n`;
  const total = kinds.reduce((sum, { count }) => sum + count, 0);
  const rows = [...kinds].sort((a, b) => b.count - a.count).map(row);
  return `${visible(name)}: ${format}, ${counted(total, "failure")} of ${counted(kinds.length, "kind")}${others(mails)}\n${rows.join("")}`;
}

function others(mails: MailCounts | undefined): string {
  const words = mails === undefined ? [] : mailWords(mails);
  return words.length === 0 ? "" : `; ${words.join(", ")}`;
}

function row({ label, title, provider, kind, count, firstLine, lastLine }: Counted): string {
  const lines = firstLine === lastLine ? `line ${firstLine + 1}` : `lines ${firstLine + 1}–${lastLine + 1}`;
  return `${String(count).padStart(8)}  ${(kind === "ours" ? "our own" : kind).padEnd(9)}  ${shown(label).padEnd(16)}  ${title} (${provider}; ${lines})\n`;
}

/** An explanation page, wrapped by the terminal itself. */
export function pageForTerminal(page: ExplanationPage): string {
  const parts = [
    `${page.code} · ${page.provider}\n${page.title}`,
    page.verdict.map(({ label, value }) => `  ${label}: ${value}`).join("\n"),
    page.meaning.join("\n"),
    page.decoded === undefined ? "" : decoded(page.decoded),
    claims(page),
    ...page.measured.map(measurement),
    section(
      "What to do",
      page.steps.map((step, index) => `${index + 1}. ${step.text}`),
    ),
    section("The setting to change", page.settings.slice(0, 1).flatMap(settingLines)),
    section("Good practice", page.practice.map(practice)),
    section("Whom to write to", [
      ...page.contacts.map(contact),
      ...(page.noRequest === undefined ? [] : [page.noRequest]),
    ]),
    section(
      "Good to know",
      page.notes.map((note) => `- ${note}`),
    ),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function decoded({ bits, lists, published, note }: NonNullable<ExplanationPage["decoded"]>): string {
  const rows = lists.map((list) => `- ${list.name}${list.removal === undefined ? "" : `: ${list.removal}`}`);
  const origin = published ? [] : [unpublished];
  return section(`What ${bits} stands for`, [...rows, ...origin, ...(note === undefined ? [] : [note])]);
}

function claims(page: ExplanationPage): string {
  const rows = page.claims.flatMap((group) => [
    `${group.heading}:`,
    ...group.claims.map(({ says, grade, source, judgement }) => {
      const via = source.via === undefined ? "" : `, via ${source.via}`;
      const held = judgement === undefined ? "" : `\n    ${judgementNames[judgement.verdict]}: ${judgement.words}`;
      return `- ${says}\n    ${source.name}, ${source.date ?? "no date"}${via} (${gradeNames[grade]})${held}`;
    }),
  ]);
  return section(page.disputed ? "What the sources say (they disagree)" : "What the sources say", rows);
}

function measurement({ title, figures, method }: MeasuredPage): string {
  const rows = figures.map(({ label, value }) => `${label}: ${value}`);
  return section(`Measured in this log: ${shown(title)}`, [...rows, `How it was counted: ${method}`]);
}

function contact({ what, value, usable, source }: ExplanationPage["contacts"][number]): string {
  return `- ${what}: ${value}${usable ? "" : " (no longer in use)"}\n    ${source.name}, ${source.date ?? "no date"}`;
}

function practice({ text, source }: ExplanationPage["practice"][number]): string {
  return source === undefined ? `- ${text}` : `- ${text}\n    ${source.name}`;
}

function section(title: string, rows: readonly string[]): string {
  return rows.length === 0 ? "" : `${title}\n${rows.map((row) => `  ${row}`).join("\n")}`;
}

function shown(label: string): string {
  return bounded(visible(label), 40);
}
