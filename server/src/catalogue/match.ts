// What the codes and tokens of a row's `match` stand for.
import type { Reply, Stage } from "../model.ts";
import type { Match } from "./rows.ts";

/** The row's tokens, each range written out: "AUP#IN-1100..1150" stands for 51 of them. */
export function tokensOf({ token }: Match): readonly string[] {
  const written = token === undefined ? [] : typeof token === "string" ? [token] : token;
  return written.flatMap(writtenOut);
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
