// Keeps the books of one row: what was asked, what came back, and how old the oldest answer was.
import type { Row } from "../model.ts";
import { shown, silenceNames } from "./probe.ts";
import type { Ask, DnsAnswer } from "./resolver.ts";

/** The row's own way to ask, and its books so far. */
export interface Recording {
  readonly ask: Ask;
  read(): Pick<Row, "asked" | "answers" | "age">;
}

const mostRecords = 20;

/** Begins the books; `answers[i]` is what came back for `asked[i]`. */
export function startRecord(ask: Ask): Recording {
  const lines: { readonly question: string; answer: string }[] = [];
  let age: number | undefined;
  const recorded: Ask = async (name, type) => {
    const line = { question: `${shown(name)} ${type}`, answer: silenceNames.cancelled };
    lines.push(line);
    const answer = await ask(name, type);
    line.answer = answerText(answer);
    if (answer.age !== undefined) age = Math.max(age ?? 0, answer.age);
    return answer;
  };
  return {
    ask: recorded,
    read: () => ({ asked: lines.map((line) => line.question), answers: lines.map((line) => line.answer), age }),
  };
}

function answerText(answer: DnsAnswer): string {
  return answer.kind === "answer"
    ? answer.records.slice(0, mostRecords).map(shown).join(", ")
    : silenceNames[answer.kind];
}
