// The words of the status item.
import type { StatusParams } from "../../server/src/protocol.ts";

const names: Record<string, string> = { postfix: "Postfix", exim: "Exim", sendmail: "Sendmail", plain: "SMTP replies" };

/** What the status item shows: "Postfix · 12 permanent · 40 temporary". */
export function statusText(status: StatusParams): string {
  const counts = parts(status);
  const found = counts.length === 0 ? ["no refusals"] : counts;
  return [...news(status), formatName(status), ...state(status), ...found].join(" · ");
}

/** The same for a screen reader, as one sentence. */
export function statusLabel(status: StatusParams): string {
  const counts = parts(status);
  const found = counts.length === 0 ? "no refusals" : counts.join(", ");
  const more = [...news(status), ...state(status)].map((text) => `${text}. `).join("");
  return `${more}Mail log, ${formatName(status)}: ${found}. Activate to list them.`;
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
  return format === undefined ? "Mail log" : (names[format] ?? format);
}

function parts({ permanent, temporary, ours }: StatusParams): string[] {
  const counts: [number, string][] = [
    [permanent, "permanent"],
    [temporary, "temporary"],
    [ours, "refused by us"],
  ];
  return counts.filter(([count]) => count > 0).map(([count, what]) => `${count.toLocaleString("en")} ${what}`);
}
