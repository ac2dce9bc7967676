// The words of the status item.
import { formatNames } from "../../server/src/formatNames.ts";
import type { StatusParams } from "../../server/src/protocol.ts";

/** What the status item shows: "Postfix · 12 permanent · 40 temporary". */
export function statusText(status: StatusParams): string {
  return [...news(status), formatName(status), ...state(status), ...found(status)].join(" · ");
}

/** The same for a screen reader, as sentences. */
export function statusLabel(status: StatusParams): string {
  const more = [...news(status), ...state(status)].map((text) => `${text}. `).join("");
  return `${more}Mail log, ${formatName(status)}: ${found(status).join(", ")}. Activate to list them.`;
}

function found(status: StatusParams): string[] {
  const counts = parts(status);
  return [...(counts.length === 0 ? ["no refusals"] : counts), ...mails(status)];
}

// Complaints and automatic answers are no refusals: they are told beside them.
function mails({ complaints = 0, answers = 0 }: StatusParams): string[] {
  return [
    ...(complaints > 0 ? [complaints === 1 ? "1 complaint" : `${complaints.toLocaleString("en")} complaints`] : []),
    ...(answers > 0
      ? [answers === 1 ? "1 automatic answer" : `${answers.toLocaleString("en")} automatic answers`]
      : []),
  ];
}

function news({ news }: StatusParams): string[] {
  return news === undefined ? [] : [news];
}

/** How far a log on disk is read, and what has happened to it. */
function state({ read, trouble }: StatusParams): string[] {
  const share = read === undefined || read >= 1 ? [] : [`${Math.floor(read * 100)} % read`];
  return trouble === undefined ? share : [...share, trouble];
}

function formatName({ format }: StatusParams): string {
  return format === undefined ? "Mail log" : (Object.entries(formatNames).find(([id]) => id === format)?.[1] ?? format);
}

function parts({ permanent, temporary, ours }: StatusParams): string[] {
  const counts: [number, string][] = [
    [permanent, "permanent"],
    [temporary, "temporary"],
    [ours, "refused by us"],
  ];
  return counts.filter(([count]) => count > 0).map(([count, what]) => `${count.toLocaleString("en")} ${what}`);
}
