// What the codes and tokens of a row's `match` stand for.
import type { Reply, Stage } from "../model.ts";
import type { Match } from "./rows.ts";

/** The row's tokens, each range written out: "AUP#IN-1100..1150" stands for 51 of them. */
export function tokensOf({ token }: Match): readonly string[] {
  const written = token === undefined ? [] : typeof token === "string" ? [token] : token;
  return written.flatMap(writtenOut);
}

/** Whether a row's token stands for the written one, both in upper case; `*` stands for up to six letters, digits, "_" or "-". */
export function isToken(token: string, written: string): boolean {
  const star = token.indexOf("*");
  if (star < 0) return token === written;
  const end = token.slice(star + 1);
  const open = written.length - star - end.length;
  return (
    open >= 0 &&
    open <= 6 &&
    written.startsWith(token.slice(0, star)) &&
    written.endsWith(end) &&
    /^[A-Z0-9_-]*$/.test(written.slice(star, star + open))
  );
}

function writtenOut(token: string): string[] {
  const dots = token.indexOf("..");
  if (dots < 0) return [token];
  const last = token.slice(dots + 2);
  const start = token.slice(0, dots - last.length);
  const first = Number(token.slice(dots - last.length, dots));
  return Array.from(
    { length: Number(last) - first + 1 },
    (_, index) => start + String(first + index).padStart(last.length, "0"),
  );
}

/** The row's enhanced codes; X stands for 4 and 5, "5.7.606..649" for 44 of them. */
export function enhancedCodes({ enhanced }: Match): readonly string[] {
  return (enhanced ?? []).flatMap(writtenOut).flatMap(inBothClasses);
}

function inBothClasses(code: string): string[] {
  return code.startsWith("X") ? [`4${code.slice(1)}`, `5${code.slice(1)}`] : [code];
}

/** Whether what a row wants beside its token or words, codes and the command answered, is what the reply has. */
export function fits(match: Match, reply: Reply | undefined, stage?: Stage): boolean {
  if (match.stage !== undefined && (stage === undefined || !match.stage.includes(stage))) return false;
  if (match.code !== undefined && !match.code.includes(reply?.code ?? 0)) return false;
  return match.enhanced === undefined || enhancedCodes(match).includes(reply?.enhanced ?? "");
}
