// Tells which "@" part the fields of a record, as in Momentum's logs ("1064868656@91/6D-…@…@…@B@pat@example.net@…"), from those within a mailbox.

const record = /^\d{9,11}@[\w/-]{0,40}@[\w/-]{0,40}@[\w/-]{0,40}@[A-Z]@/;
const answer = /@[245]\d\d[ -]/;
const domain = /^[\p{L}\p{N}_-]{1,63}(?:\.[\p{L}\p{N}_-]{1,63}){0,8}\.\p{L}[\p{L}\p{N}-]{1,62}(?=@)/u;

/** Whether the sign at a column only parts two fields. Recipient and sender are the sixth and seventh, eighth and ninth field. */
export function partingSigns(line: string): (column: number) => boolean {
  const head = line.slice(0, 2_048);
  if (!record.test(head)) return () => false;
  const text = answer.exec(head)?.index ?? head.length;
  const within = new Set<number>();
  let sign = -1;
  for (let field = 1; field <= 8; field++) {
    sign = head.indexOf("@", sign + 1);
    if (sign < 0) break;
    if ((field === 6 || field === 8) && domain.test(head.slice(sign + 1, sign + 256))) within.add(sign);
  }
  return (column) => column <= text && !within.has(column);
}
