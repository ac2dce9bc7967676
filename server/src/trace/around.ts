// Reads what stands around a refusal that has no queue id: the commands of a transcript, the fields of a delivery report, the returned message's header.
import type { Clue } from "./clues.ts";
import { linesAbove, linesBelow, type Stretch } from "./lines.ts";
import {
  daemon,
  dkimHeader,
  foldedLine,
  fromHeader,
  greetingLine,
  mailLine,
  mboxLine,
  postfixSender,
  reportingMta,
  returnPath,
} from "./patterns.ts";
import { signatureIn } from "./valid.ts";
import type { Kind } from "./wordings.ts";

const reach = { above: 60, below: 200 } as const;

/** No folded header is read further. */
const longestHeader = 4000;

const above: readonly (readonly [Kind, RegExp])[] = [
  ["quoted", greetingLine],
  ["sender", mailLine],
  ["sender", postfixSender],
  ["host", reportingMta],
];

const below: readonly (readonly [Kind, RegExp])[] = [
  ["sender", postfixSender],
  ["sender", returnPath],
  ["host", reportingMta],
  ["mailbox", fromHeader],
];

/** What the lines around a refusal say of its mail; nearest first above, in their order below. */
export function cluesAround(text: string, own: Stretch): readonly Clue[] {
  const commands = linesAbove(text, own, reach.above);
  const ended = commands.findIndex((line) => mboxLine.test(line));
  const before = (ended < 0 ? commands : commands.slice(0, ended)).flatMap((line) => told(above, line));
  return [...before, ...returned(unfolded(linesBelow(text, own, reach.below)))];
}

function told(fields: typeof above, line: string): Clue[] {
  return fields.flatMap(([kind, shape]) => {
    const found = shape.exec(line)?.[1];
    return found === undefined ? [] : [{ kind, text: found }];
  });
}

// The report comes first, then the header of the message it is about; another report begins with its own sender.
function returned(lines: readonly string[]): Clue[] {
  const next = lines.findIndex((line) => mboxLine.test(line) || (fromHeader.test(line) && daemon.test(line)));
  return (next < 0 ? lines : lines.slice(0, next)).flatMap((line) => {
    const signature = dkimHeader.test(line) ? signatureIn(line.slice(line.indexOf(":") + 1)) : undefined;
    const clue: Clue[] =
      signature === undefined ? [] : [{ kind: "signature", text: `${signature.selector} ${signature.domain}` }];
    return [...told(below, line), ...clue];
  });
}

// A header goes on where the next line begins with a blank (RFC 5322 2.2.3).
function unfolded(lines: readonly string[]): string[] {
  const whole: string[] = [];
  for (const line of lines) {
    const last = whole.at(-1);
    const folded = last !== undefined && last !== "" && foldedLine.test(line) && last.length < longestHeader;
    if (folded) whole[whole.length - 1] = `${last} ${line.trim()}`;
    else whole.push(line);
  }
  return whole;
}
