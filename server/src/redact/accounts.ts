// Finds names of accounts: behind the keys of logins, in paths, before and behind the words that servers put around them.
import { endWithout } from "./looks.ts";
import { isNameless } from "./services.ts";
import { type Finder, groupAt, type Sight } from "./sight.ts";

/** Claims names of accounts. */
export const accounts: Finder = (sight) => {
  for (const shape of shapes) {
    for (const match of sight.line.matchAll(shape)) claimUser(sight, match);
  }
};

const shapes = [
  // sasl_username=ann, user=<ann>, "user": "ann", set_id=ann
  /(?<![\w.-])(?:sasl_(?:username|sender|user)|(?:remote_|local_)?user(?:_?name)?|login|account|acct|auth(?:enticated)?_?id|authcid|set_id|ruser|logname|mailbox)(?:=|"\s?:\s?(?="))\\?["'<]?([^\s"'<>,;()[\]{}\\]{1,255})/dgi,
  // rspamd's "user: ann,"
  /, user: ([^\s,;()]{1,255})(?=,)/dg,
  // Exim's U=ann and A=login:ann
  / U=([^\s"'<>]{1,255})/dg,
  / A=[\w-]{1,40}:([^\s"'<>:]{1,255})/dg,
  // Sendmail's "ann set sender to"
  /(?<= )([\w.+-]{1,64}) set sender to /dg,
  /\bfor (?:invalid )?user ([^\s"'<>,;:()]{1,255})/dg,
  // from=<root>, to=ann, ctladdr=ann
  /(?<![\w.-])(?:from|to|orig_to|sender|rcpt|recipient|ctladdr|F|P|arg1|mail_?from|rcpt_?to)=<([A-Za-z][^<>@\s:/|]{0,255})>/dg,
  /(?<![\w.-])(?:from|to|orig_to|ctladdr)=([A-Za-z][\w.+-]{0,255})(?=[,\s]|$)/dg,
  // Exim's "=> ann <ann@example.org>"
  / [0-9A-Za-z]{5,7}-[0-9A-Za-z]{4,12}-[0-9A-Za-z]{1,4} (?:=>|->|\*\*|==|<=|\*>|>>) ([\w.+-]{1,255})(?= )/dg,
  // C:\Users\ann
  /\\Users\\{1,2}([^\\\s"'<>|]{1,255})/dg,
  // "<ann>: Recipient address rejected", "<ann>... User unknown"
  /<([A-Za-z][\w.+-]{0,63})>(?:\.\.\.|: (?!Helo|Client|Unverified Client))/dg,
];

function claimUser({ claims, names }: Sight, match: RegExpExecArray): void {
  const at = groupAt(match, 1);
  if (at === undefined || !/[\p{L}]/u.test(at.text) || isNameless(at.text.toLowerCase())) return;
  claims.put(at.start, at.end, () => names.user(at.text));
}

/** Claims what paths of files tell of people. */
export const paths: Finder = (sight) => {
  for (const match of sight.line.matchAll(/(?<![\w./~*%-])(?:\/(?!\/)[^\s"'<>|;,()[\]{}=]+|~[\w.-]+)/g)) {
    if (match[0].startsWith("/")) claimPath(sight, match.index, match[0]);
    else claimPart(sight, match.index + 1, match[0].slice(1));
  }
};

/** Folders that hold one folder or file a person; some have the domain's folder between. */
const homes = new Set("home users vmail vhosts vhost mailboxes maildirs mail virtual domains mailstore".split(" "));
const between = new Set("vhosts vhost domains virtual users maildir new cur tmp".split(" "));

function claimPath(sight: Sight, start: number, path: string): void {
  const parts = path.split("/");
  let at = start;
  let left = 0;
  for (const part of parts) {
    const lower = part.toLowerCase();
    if (homes.has(lower)) left = lower === "home" || (lower === "users" && left === 0) ? 1 : 2;
    else if (left > 0 && part !== "" && !between.has(lower)) {
      claimPart(sight, at, part);
      left = part.includes(".") && left === 2 ? 1 : 0;
    }
    at += part.length + 1;
  }
}

// A folder that is named after a domain is found as a name.
function claimPart({ claims, names }: Sight, start: number, part: string): void {
  const text = part.slice(0, endWithout(part, ".:"));
  const end = start + text.length;
  if (!/\p{L}/u.test(text) || text.includes("@") || /^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}$/i.test(text)) return;
  claims.put(start, end, () => names.user(text));
}
