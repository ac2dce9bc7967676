// Words of mail servers, by which a reply is told from a number that happens to look like one.

/** Bites on a word that is common in SMTP replies and rare elsewhere. */
export const mailWords =
  /\b(?:e?-?mail|mailbox|message|recipient|sender|relay|relaying|user|address|account|blocked|rejected|denied|refused|spam|e?smtp|helo|ehlo|rcpt|command|connections?|service|policy|authentication|quota|unavailable|blacklisted|blocklist|dns|ptr|closing|greylist\w*|temporarily|temporary|postmaster|tls|starttls|transaction|syntax|queue)\b/i;
