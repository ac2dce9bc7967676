// Logs as an attacker would have them written: markup, commands, invisible characters and broken bytes in every place that strangers fill.

/** Every address in an attack lies below this name, so that no link to it can be ours. */
export const enemy = "evil.example";

const bait = `https://${enemy}/x.png`;

// Markdown and the dialects that editors add to it.
const markdown: readonly string[] = [
  `![x](${bait})`,
  `![x][r]\u2028[r]: ${bait}`,
  `[![x](${bait})](https://${enemy}/)`,
  `[Explain](https://${enemy}/)`,
  `[Explain](<https://${enemy}/> "Explain")`,
  `[Explain][1] [1]: https://${enemy}/`,
  `<https://${enemy}/>`,
  `https://${enemy}/ http://${enemy}/ www.${enemy} ftp://${enemy}/`,
  `mail@${enemy} <mail@${enemy}> mailto:mail@${enemy}`,
  "# AUP#CXCNCT ## Whom to write to",
  "| a | b |\u2028| - | - |\u2028| c | d |",
  "- [ ] one * two + three 1. four > five",
  "--- *** ___ ===",
  "**bold** __bold__ *em* _em_ ~~gone~~ ==mark== ^up^ ~down~ [^1]: note",
  "$(alert) $(bug~spin) :warning: $x^2$ $$\\int$$",
  "\\[Explain\\](x) \\\\[Explain](https://evil.example/) \\`x\\`",
  `a](smtp-explain:/cox/CXBL.md) [b](smtp-explain:/cox/CXBL.md`,
  `[x]: ${bait} [x]`,
];

const fences: readonly string[] = [1, 2, 3, 4, 5, 8, 40].flatMap((length) => [
  `${"`".repeat(length)} ![x](${bait}) ${"`".repeat(length)}`,
  `${"`".repeat(length)}\u2029![x](${bait})`,
  `${"~".repeat(length)} ![x](${bait})`,
]);

const html: readonly string[] = [
  "<script>globalThis.pwned = 1</script>",
  `<img src=x onerror="globalThis.pwned=1">`,
  `<img/src='${bait}'>`,
  `<svg onload=globalThis.pwned=1><use href="${bait}"></svg>`,
  `<iframe src="https://${enemy}/"></iframe><object data="${bait}"></object><embed src="${bait}">`,
  `<a href="https://${enemy}/">Explain</a><a href="javascript:globalThis.pwned=1">x</a>`,
  `<base href="https://${enemy}/"><meta http-equiv=refresh content="0;url=https://${enemy}/">`,
  `<link rel=stylesheet href="${bait}"><style>@import "${bait}"</style>`,
  "<!-- <![CDATA[ <?php --> ]]> ?>",
  "</code></pre></td></table><h1>AUP#CXCNCT</h1>",
  "&lt;img src=x onerror=globalThis.pwned=1&gt; &#60;img&#62; &#x3c;img&#x3e; &amp;lt; &colon; &NewLine;",
];

const commands: readonly string[] = [
  "[Explain](command:workbench.action.quit)",
  "[Explain](command:smtpLogLens.explain?%5B%22smtp-explain%3A%2Fcox%2FCXBL.md%22%5D)",
  "<command:workbench.action.quit>",
  "[Explain](smtp-explain:/../../etc/passwd.md) smtp-explain:/cox/CXBL.md",
  "[Explain](smtp-explain:/check/203.0.113.66.md) <smtp-explain:/check/203.0.113.66.md>",
  `[Explain](vscode://${enemy}/x) [x](vscode-insiders:x) [x](file:///etc/passwd) [x](data:text/html,x)`,
  "[Explain](javascript:globalThis.pwned=1) [x](vbscript:x)",
];

const invisible: readonly string[] = [
  "\u202egnp.x\u202c \u2066a\u2069 \u2067b\u2069 \u200e\u200f\u061c",
  "un\u200bblock\u200c\u200d\u2060\ufeff@cox.net",
  "\u00ad\u034f\u115f\u1160\u17b4\u180e\u3164\uffa0\ufe0f\u{e0041}\u{e0100}",
  "\u001b[31mred\u001b[0m \u001b]8;;https://evil.example/\u0007link\u001b]8;;\u0007 \u001b[2J\u009b31m\u009c",
  "\u0000NUL\u0000 \u0001\u0007\u0008\u000b\u000c\u007f\u0085",
  "half \ud83d pair \ude00 pair \ud83d",
  "\u2028line\u2029paragraph",
  "Z\u0351\u0352\u0353a\u0354\u0355\u0356l\u0357\u0358\u0359g\u035a\u035b\u035co",
];

const breaks: readonly string[] = [
  "a\rb 550 5.7.1 c",
  "a\r\r\n# b",
  "\r\n![x](https://evil.example/x.png)\r",
  "\n\n# x\n",
];

const quotations: readonly string[] = [
  'said: "550 5.7.1 421 4.7.0 AUP#CXBL" (250 2.0.0 Ok) status=sent (421 AUP#CXTHRT)',
  "550 5.1.1 to=<x@evil.example>, relay=evil.example[203.0.113.66]:25, status=sent (250 ok)",
  "AUP#CXBL](https://evil.example/) AUP#<img> AUP#![x](y) AUP#IPBL0000000000000001 AUP#IPBL",
  "[IPTS04](https://evil.example/) (S3150) [#4.16.55.1](x) blocked using evil.example; www.evil.example",
  "[203.0.113.66](https://evil.example/) ip=2001:DB8::0:66 ip=001.002.003.004 ip=::ffff:203.0.113.66",
];

const long: readonly string[] = [
  `AUP#${"A".repeat(3_000)}`,
  `AUP#IPBL${"01".repeat(1_500)}`,
  `${"[".repeat(500)}${"](".repeat(500)}`,
  `${"*".repeat(300)}_${"`".repeat(301)}`,
  "<".repeat(1_000),
  `${"a".repeat(250)}.${"b".repeat(250)}.${enemy}`,
];

/** What an attacker may write, one thing each; some hold line ends. */
export const attacks: readonly string[] = [
  // A page shows a log's first fifty places: these are among them.
  ...[...invisible, ...html, ...commands, ...markdown],
  ...[...fences, ...breaks, ...quotations, ...long],
];

const at = "2026-11-23T10:02:07+00:00 mx1";
const sent = `${at} postfix/smtp[911]: 4VtCqB1abcz9:`;
const tail = "delay=1, delays=0/0/0.5/0.5";
const eximAt = "2026-11-23 18:16:04 1xVYak-0000qW-26";
const mta = `${at} sendmail[1372]: 6ANIOXhY001370:`;

/** One line for each place of each format that a stranger fills. */
const places: readonly ((text: string) => string)[] = [
  (text) =>
    `${sent} to=<pat@cox.net>, relay=cxr.mx.a.cloudfilter.net[192.0.2.8]:25, ${tail}, dsn=4.0.0, status=deferred (host cxr.mx.a.cloudfilter.net[192.0.2.8] said: 421 cmsmtp 203.0.113.7 blocked. ${text} AUP#CXCNCT)`,
  (text) =>
    `${sent} to=<pat@cox.net>, relay=mx.example[192.0.2.8]:25, ${tail}, dsn=5.0.0, status=bounced (host mx.example[192.0.2.8] said: 550 5.7.1 ${text})`,
  (text) =>
    `${sent} to=<${text}@cox.net>, relay=${text}[192.0.2.8]:25, ${tail}, dsn=5.0.0, status=bounced (host ${text}[192.0.2.8] said: 554 AUP#IPBL0011 ${text})`,
  (text) =>
    `${sent} to=<pat@cox.net>, relay=none, ${tail}, dsn=4.4.1, status=deferred (connect to ${text}[192.0.2.8]:25: ${text})`,
  (text) =>
    `${at} postfix/smtpd[915]: NOQUEUE: reject: RCPT from ${text}[198.51.100.9]: 554 5.7.1 <${text}>: ${text}; from=<${text}> to=<${text}> proto=ESMTP helo=<${text}>`,
  (text) =>
    `${text} ${at} postfix/${text}/smtp[1]: ${text}: to=<a@cox.net>, relay=x[192.0.2.8]:25, status=bounced (550 ${text})`,
  (text) =>
    `${eximAt} ** ${text}@cox.net F=<${text}> R=dns T=smtp H=${text} [192.0.2.8] I=[${text}]: SMTP error from remote mail server after RCPT TO:<${text}>: 550 5.1.0 ${text} AUP#CXSNDR`,
  (text) =>
    `${eximAt} == a@cox.net R=dns T=smtp defer (-44) H=mx [192.0.2.8] I=[${text.replaceAll(" ", "")}]: 421 4.7.0 ${text}`,
  (text) =>
    `2026-11-23 18:16:05 H=(${text}) [${text.replaceAll(" ", "")}] F=<${text}> rejected RCPT <${text}>: 550 ${text}`,
  (text) => `2026-11-23 18:16:05 H=${text} (${text}) [198.51.100.9]:4711 F=<a@x> rejected after DATA: ${text}`,
  (text) =>
    `${mta} to=<${text}@cox.net>, ctladdr=<${text}>, delay=00:00:01, relay=${text}. [192.0.2.8], dsn=5.1.0, reply=550 5.1.0 ${text} AUP#CXBL, stat=Service unavailable`,
  (text) => `${mta} ruleset=check_rcpt, arg1=<${text}>, relay=${text} [198.51.100.9], reject=550 5.7.1 ${text}`,
  (text) => `<<< 554 5.7.1 ${text} AUP#CXADRBL`,
  (text) => `Diagnostic-Code: smtp; 421-4.7.0 ${text}\n    421 4.7.0 ${text}`,
];

/** Every attack in every place: some hundred lines of Postfix, Exim, Sendmail and pasted bounces. */
export function nastyLog(): string {
  return `${attacks.flatMap((text) => places.map((place) => place(text))).join("\n")}\n`;
}

/** The same as bytes, with sequences that are no UTF-8 between the attacks: lone continuation, overlong, surrogate, cut short. */
export function nastyBytes(): Buffer {
  const broken = Buffer.from([0x80, 0xbf, 0xc0, 0xaf, 0xed, 0xa0, 0x80, 0xf5, 0xff, 0xfe, 0xe2, 0x82]);
  const lines = nastyLog().split("\n");
  return Buffer.concat(lines.flatMap((line) => [Buffer.from(line), broken, Buffer.from("\n")]));
}

/** A Postfix line with a refusal by Cox. */
export function refusal(reply: string): string {
  return places[1]?.("").replace("550 5.7.1 ", reply).replace("mx.example", "cxr.mx.a.cloudfilter.net") ?? "";
}
