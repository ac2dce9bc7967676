// Every regular expression of this room but those of the wordings, so that a test can prove each free of catastrophic backtracking.

/** One label of a host name; underscores occur and do no harm. */
export const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;

/** A name with letters outside ASCII, and nothing that would end the host in a URL. */
export const international = /^(?=[\w.-]{0,253}[^\w.-])[\p{L}\p{M}\p{N}_.-]{1,253}$/u;

/** A number in place of a top-level domain: the end of an address, not of a name. */
export const number = /^\d+$/;

/** What may be said in HELO: a name, one label, or an address literal (RFC 5321 4.1.1.1). */
export const greeting = /^[\w.:[\]-]{1,255}$/;

/** What no envelope address holds: controls, characters that hide, blanks, angle brackets. */
export const unfit = /[\p{C}\s<>]/u;

/** Zones of machines that no other host can look up; a log's host name there is no HELO name. */
export const ownZone = /\.(?:local|localdomain|lan|internal|intranet|home|corp)$/;

/** The last address without brackets around it, of a From header. */
export const bareAddress = /^[^\s<>(),;:"@]{1,128}@([\w.-]{1,253})(?: ?\([^()]{0,200}\))?$/;

/** The signing domain of a DKIM-Signature header (RFC 6376 3.5); Sendmail logs its line breaks as "\n\t". */
export const signingDomain = /(?:^|;)(?:\s|\\[nrt]){0,8}d\s{0,4}=\s{0,4}([\w.-]{1,253})/;

/** The selector of a DKIM-Signature header. */
export const signingSelector = /(?:^|;)(?:\s|\\[nrt]){0,8}s\s{0,4}=\s{0,4}([\w.-]{1,253})/;

/** The host that a syslog line names, behind a container's name, a priority and a time. */
export const logHost =
  /^(?:[\w.-]{1,64} {1,20}\| ?)?(?:<\d{1,3}>(?:1 )?)?(?:[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.,]{8,20}(?:Z|[+-]\d\d:?\d\d)?) {1,4}([\w.-]{1,253}) /;

/** A milter for DKIM, at the end of a line's head: "opendkim[5762]: ", "dkimpy-milter[1]: ", "opendkim 911 - - ". */
export const dkimProgram =
  /dkim[\w-]{0,20}(?:\[\d{1,10}\]:? | \d{1,10} \S{1,32} - {1,2}|: )(?:\[ID \d{1,10} [\w.]{1,20}\] )?$/i;

/** OpenDMARC, at the end of a line's head. */
export const dmarcProgram = /dmarc(?:\[\d{1,10}\]:? | \d{1,10} \S{1,32} - {1,2}|: )(?:\[ID \d{1,10} [\w.]{1,20}\] )?$/i;

/** A queue id at the end of a text. */
export const endingId = /[0-9A-Za-z]{5,20}$/;

/** Where Postfix handed a message to a filter on this host. */
export const relayHere = /^ relay=[^\s[,]{0,255}\[(?:127\.|::1\])/;

/** Wordings in which a refusal quotes our HELO exactly, the name in the first group. */
export const quotedExactly = [
  /<([^<>\s]{1,255})>: Helo command rejected/i,
  /\bhelo=<?([\w.:[\]-]{1,255})/i,
  /[?&;]s=helo;id=([\w.-]{1,253})/i,
] as const;

/** "HELO mail.example.net", "EHLO name: mail.example.net": only a full name counts, for anything may follow the word. */
export const quotedLoosely =
  /\b(?:HELO|EHLO)(?:\/(?:HELO|EHLO))?(?: (?:name|hostname|host|domain|string|argument|of|was|is|as))?(?: ?[:=])? ?["'<(]?([\w-]{1,63}(?:\.[\w-]{1,63}){1,10})/i;

/** The HELO of a transcript: ">>> EHLO mx1.example.org", " -> EHLO mx1.example.org". */
export const greetingLine = /^[\s>~=*|-]{0,16}(?:SMTP>>|C:|Client:)?\s{0,4}(?:EHLO|HELO|LHLO) (\S{1,255})\s{0,4}$/i;

/** The sender of a transcript: ">>> MAIL FROM:<a@example.org> SIZE=512". */
export const mailLine = /^[\s>~=*|-]{0,16}(?:SMTP>>|C:|Client:)?\s{0,4}MAIL FROM: ?<([^<>]{0,320})>/i;

/** Fields of a delivery report (RFC 3464 2.2.2), and Postfix's own. */
export const reportingMta = /^Reporting-MTA: ?dns; ?([\w.-]{1,253})\s{0,4}$/i;
export const postfixSender = /^X-Postfix-Sender: ?rfc822; ?(\S{0,320})\s{0,4}$/i;

/** Fields of the returned message. */
export const returnPath = /^Return-Path: ?<([^<>]{0,320})>/i;
export const fromHeader = /^From: ?([^\r\n]{3,1000})/i;
export const dkimHeader = /^DKIM-Signature: ?([^\r\n]{10,4000})/i;

/** The next message of a mailbox file. */
export const mboxLine = /^From \S/;

/** The sender of notifications, whose header begins the next report. */
export const daemon = /mailer-daemon|postmaster@/i;

/** OpenSMTPD's route, which names what it says in HELO. */
export const routeHelo = /^heloname=([\w.-]{1,253})[\],]/;

/** OpenSMTPD's line about a transfer of its own. */
export const transferLine = / smtpd\[\d{1,10}\]: [0-9a-f]{16} mta (?:delivery|error) /;

/** A connection of Haraka, and the transactions behind it: "5F5E98AA-EE4F-4867-9BEA-67172AC5D0C7.1.1". */
export const harakaId = /^([0-9A-F]{8}-[0-9A-F-]{27})(\.\d{1,6})?/;

/** The envelope sender where our own server refuses: Postfix's "; from=<…> to=<…>", Exim's "F=<…>". */
export const refusedSender = /(?:; from=| F=)<([^<>]{0,320})>/;

/** A message id that Postfix made: time, queue id, own name. */
export const selfMade = /message-id=<\d{14}\.[0-9A-Za-z]{5,20}@([\w.-]{1,253})>/;

/** A line that goes on with the one above (RFC 5322 2.2.3). */
export const foldedLine = /^[ \t]/;

/** A line that is JSON. */
export const jsonLine = /^\s{0,8}\{/;

/** Text that JSON writes as it is. */
export const unescapedRun = /[\w .,:]{4,200}/g;
