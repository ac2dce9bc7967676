// Gives the texts of qmail-send their blanks back, for which it writes "_" (qsutil.c, "logsafe"): names end there.

/** The line as finders see it, as long as before; only the text of a delivery of qmail changes. */
export function withBlanks(line: string): string {
  const head = /\bdelivery \d{1,20}: (?:failure|deferral|success): /.exec(line);
  if (head === null || !line.includes("_", head.index)) return line;
  const start = head.index + head[0].length;
  // A mailbox between brackets ends there, and may hold "_" itself.
  const parts = line.slice(start).split(/(<[^<>]{0,320}>)/);
  return line.slice(0, start) + parts.map((part) => (/^<[^@]*@/.test(part) ? part : blank(part))).join("");
}

function blank(part: string): string {
  const words = part.split("_");
  const joints = words.map(() => " ");
  for (const [at, word] of words.entries()) {
    if (word.indexOf("@") > 0) joinLeft(words, joints, at);
  }
  return words.map((word, at) => (at === 0 ? word : `${joints[at]}${word}`)).join("");
}

/** No more words before "@" belong to a mailbox. */
const mostWords = 4;

/** What may be the beginning of a mailbox, goes with it: rather a word too many than a part of a name left. */
function joinLeft(words: readonly string[], joints: string[], at: number): void {
  for (let left = at - 1; left >= Math.max(0, at - mostWords); left--) {
    const word = words[left] ?? "";
    if (!/^[\p{L}\p{N}.+-]{1,64}$/u.test(word) || stops.has(word.toLowerCase()) || isCode(word)) return;
    joints[left + 1] = "_";
  }
}

function isCode(word: string): boolean {
  return /^[2-5]\d\d-?$|^[245]\.\d{1,3}\.\d{1,3}$|[.-]$/.test(word);
}

/** Words of replies that stand before a mailbox. */
const stops = new Set(
  (
    "a account address and by client contact find for from here in is mail mailbox no not of on or our please recipient " +
    "recipients see sender such that the this to unknown user via with write your"
  ).split(" "),
);
