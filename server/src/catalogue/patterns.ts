// Every regular expression of this room, so that a test can prove each free of catastrophic backtracking.

/** A mask behind the letters of a token. */
export const maskBits = /^[01]{1,16}$/;

/** The host that greets at the beginning of a reply: "554 fed1rmmtai112.cox.net bizsmtp …". */
export const bannerHost =
  /^[2-5]\d\d[ -](?:[245]\.\d{1,3}\.\d{1,3} )?([a-z0-9.-]{4,253}) (?:ESMTP|SMTP|cmsmtp|bizsmtp)\b/i;

/** An enhanced status code, the class as a number or X. */
export const enhancedCode = /^([245X])\.(\d{1,3}|X)\.(\d{1,3}|X)$/;

/** The class in the id of an enhanced code's entry, with what stands before it: "standard/5." */
export const classInId = /^standard\/[245]\./;

/** A reply code. */
export const basicCode = /^[2-5](?:\d\d|XX)$/;

/** A Cloudmark gateway that refuses the connection itself: "421 cmsmtp 192.0.2.1 blocked …". */
export const blockedAtGreeting = / cmsmtp (?:\S{3,45} )?blocked/;

/** What stands between the codes of "421 4.7.0". */
export const blanks = /\s+/;

/** A host's name in a text in lower case, not one behind an @. */
export const hostInText = /(?<![a-z0-9@._-])[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){1,40}(?![a-z0-9_-])/g;

/** The host of a link in any text. */
export const linkHost = /https?:\/\/([a-z0-9.-]{1,253})/gi;

/** Where a folded reply goes on in a new line, its codes written again: " 550-5.7.1 " or, as Exim logs it, "\n550 5.7.1 ". */
export const foldedLine = /(?:\\n|\s)\s?([45]\d\d)[ -](?:[45]\.\d{1,3}\.\d{1,3}(?: |$))?/g;

/** Stretches that no id of a row holds. */
export const notInId = /[^A-Za-z0-9.-]+/g;

/** What a row can have as its token, in upper case. */
export const rowToken = /^[A-Z0-9#&():.*[\] _/-]{1,40}$/;

/** Bytes beyond ASCII as Exim logs them, in octal. */
export const escapedBytes = /(?:\\[23][0-7]{2}){1,512}/g;

/** A letter beyond ASCII. */
export const beyondAscii = /[\u0080-\uffff]/;
