// The failure that a line reports, in the words of the reply where there is one.
import type { Outcome, Reply, Stage } from "../model.ts";
import type { Failure } from "./format.ts";
import type { Piece } from "./piece.ts";

/** What became of the message, and at which command if the line tells. */
export interface End {
  readonly outcome: Outcome;
  readonly stage?: Stage | undefined;
}

/** The other side refused: the reply, or what the line told instead. */
export function refusedUs(reply: Reply | undefined, told: Piece, { outcome, stage }: End): Failure {
  return { direction: "they-refused-us", outcome, stage, words: wordsOf(reply, told) };
}

/** This server refused a client. */
export function refusedThem(reply: Reply | undefined, told: Piece, stage: Stage | undefined): Failure {
  return { direction: "we-refused-them", outcome: "rejected", stage, words: wordsOf(reply, told) };
}

function wordsOf(reply: Reply | undefined, told: Piece): Piece {
  return reply === undefined ? told : { ...reply.span, text: reply.text };
}
