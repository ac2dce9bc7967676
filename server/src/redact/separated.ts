// Tells the "@" of mailboxes from those that part the fields of Momentum's logs (Momentum 4: "bouncelog", "mainlog", "rejectlog").

const shape = /^\d{9,11}@[\dA-F/-]{0,40}@[\dA-F/-]{0,40}@[\dA-F/-]{0,40}@([A-Z])@/;

/** Whether the "@" at a column parts two fields; asked from left to right, of every "@". */
export function separatorsOf(line: string): (at: number) => boolean {
  const type = shape.exec(line.slice(0, 200))?.[1];
  if (type === undefined) return () => false;
  let count = 0;
  let start = 0;
  let inReply = false;
  return (at) => {
    const left = count++;
    inReply ||= left > longestHead || /[\s<>]/.test(line.slice(start, at));
    start = at + 1;
    // Local part and domain are two fields: the recipient's, and behind it the sender's where there is one.
    if (inReply || left === 5 || (left === 7 && "BTR".includes(type))) return false;
    return left <= 6 || !isDomain(line, start);
  };
}

/** No record has more fields before the reply. */
const longestHead = 24;

/** True where a name with a dot begins: a mailbox that stands alone in the reply looks like two fields. */
function isDomain(line: string, at: number): boolean {
  const word = /^[\p{L}\p{N}\p{M}_.-]*/u.exec(line.slice(at, at + 256))?.[0] ?? "";
  return /\.(?:\p{L}{2,63}|xn--[a-z\d-]{1,59})\.?$/iu.test(word);
}
