// Every regular expression of this room, so that a test can prove each free of catastrophic backtracking.

/** A link, or a stretch without blanks, brackets, quotes and what stands between a name and its value; a comma within a number is part of it. */
export const atoms = /https?:\/\/[^\s<>"')\]]+|(?:[^\s<>()[\]{}"'=,;|]|(?<=\d),(?=\d{3}(?![\d.])))+/gi;

/** The beginning of a link. */
export const linkStart = /^https?:\/\//i;

/** What ends a sentence or a clause and belongs to no name. */
export const sentenceEnd = /[.:!?]/;

/** A reply code, alone or as folded lines have it: "550", "550-", "550-5.7.1". */
export const replyCode = /^[2-5]\d\d(?:-|-[245]\.\d{1,3}\.\d{1,3})?$/;

/** An enhanced status code (RFC 3463). */
export const enhancedCode = /^[245]\.\d{1,3}\.\d{1,3}$/;

/** An IPv4 address, perhaps with a port or the length of a prefix. */
export const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}(?:[:/]\d{1,5})?$/;

/** What an IPv6 address is written with; two colons make it one. */
export const ipv6 = /^(?:ipv6:)?[0-9a-f]{0,4}:[0-9a-f:.]{0,40}:[0-9a-f.]{0,15}(?:\/\d{1,3})?$/i;

/** A host's or a domain's name. */
export const host = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,20}\.[a-z][a-z0-9-]{1,62}$/i;

/** A number with its unit, a date, a time, a share. */
export const number = /^[+-]?\d[\d.,:%/+-]*[a-z%]{0,3}$/i;

/** The number of an RFC, which is part of what is said. */
export const rfc = /^rfc-?\d{3,5}$/i;

/** A letter of any script. */
export const letter = /\p{L}/u;

/** A stretch of digits. */
export const digits = /\d+/g;
