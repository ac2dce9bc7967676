// Draws what the log says about a claim: a word with a sign of its own, the numbers, and the line to look at.
import { type Judgement, judgementNames } from "../../../../server/src/protocol.ts";
import { el, sign } from "./dom.ts";
import { lineJump } from "./lineJump.ts";
import type { Send } from "./link.ts";
import { visible } from "./text.ts";
import { capital } from "./words.ts";

/** What a judgement is drawn with. */
export interface Bench {
  /** The log that judges; undefined when none is open, then there is nothing to jump to. */
  readonly log: string | undefined;
  readonly send: Send;
}

/** The judgement as a line under its claim. `told`: the same numbers stand above already. */
export function judgementLine(judgement: Judgement, told: boolean, { log, send }: Bench): HTMLElement {
  const { verdict, words, line } = judgement;
  const jump =
    told || log === undefined || line === undefined
      ? undefined
      : lineJump({ uri: log, line }, `judged-${words}-${line}`, send);
  return el("p", { class: `judgement ${verdict}` }, [
    sign(verdict),
    el("span", {}, [
      el("strong", {}, [judgementNames[verdict]]),
      told ? ", as above." : `. ${capital(visible(words))} `,
      jump,
    ]),
  ]);
}

/** True when the log bears a claim of the group out. */
export function isSupported(judgements: readonly (Judgement | undefined)[]): boolean {
  return judgements.some((judgement) => judgement?.verdict === "supported");
}
