// Names that tell nobody apart, beyond those of the catalogue: domains of mail services that everybody writes to and of sites that refusals point to.

/** Owned domains; whatever stands below them stays too. Not here: services whose hosts belong to their customers. */
const services = new Set(
  (
    "163.com 126.com qq.com netease.com rambler.ru seznam.cz email.cz wp.pl onet.pl o2.pl " +
    "freenet.de arcor.de " +
    "bbox.fr libero.it virgilio.it tiscali.it alice.it tim.it " +
    "btinternet.com bt.com virginmedia.com ntlworld.com talktalk.net sky.com bluewin.ch telia.com ziggo.nl kpnmail.nl skynet.be telenet.be uol.com.br terra.com.br bol.com.br " +
    "icloud.com me.com mac.com apple.com hotmail.com live.com msn.com outlook.com microsoft.com office.com office365.com aka.ms " +
    "google.com googlemail.com gmail.com yahoo.com yahooinc.com yahoodns.net aol.com aim.com verizon.net att.net sbcglobal.net bellsouth.net prodigy.net " +
    "comcast.net xfinity.com cox.com cox.net charter.net spectrum.net rr.com twc.com earthlink.net frontier.com windstream.net optonline.net centurylink.net shaw.ca rogers.com bell.ca telus.net " +
    "proton.me protonmail.com protonmail.ch fastmail.com messagingengine.com tutanota.com naver.com daum.net hanmail.net docomo.ne.jp ezweb.ne.jp " +
    "mimecast.com proofpoint.com cloudmark.com barracudanetworks.com barracudacentral.org messagelabs.com symantec.com broadcom.com trendmicro.com sophos.com talosintelligence.com senderbase.org " +
    "spamhaus.org spamcop.net sorbs.net uceprotect.net abuseat.org surbl.org uribl.com invaluement.com senderscore.org senderscore.com openspf.org open-spf.org dmarc.org postfix.org exim.org sendmail.org sendmail.com ietf.org rfc-editor.org m3aawg.org iana.org"
  ).split(" "),
);

/** True for the domain of a service and every name below it; `labels` in lower case. */
export function isService(labels: readonly string[]): boolean {
  return services.has(labels.slice(-2).join(".")) || services.has(labels.slice(-3).join("."));
}

/** Words that stand where a host's name does, and name none. */
const nameless = new Set(
  "localhost localhost.localdomain localdomain local unknown none null undefined localhost6 ip6-localhost".split(" "),
);

/** True for such a word, in lower case. */
export function isNameless(word: string): boolean {
  return nameless.has(word);
}

/** Mailboxes that every domain has (RFC 2142, RFC 5321 4.5.1), accounts that every system has, and where providers take requests. */
const roles = new Set(
  "postmaster mailer-daemon abuse hostmaster noc root nobody double-bounce delist tosa unblock unblock.request".split(
    " ",
  ),
);

/** True for a mailbox or an account that is no person, in lower case. */
export function isRole(local: string): boolean {
  return roles.has(local);
}

/** Zones whose hosts are named after the customer: its domain with hyphens for dots, or a number. */
const hosted: readonly (readonly [zone: string, by: "domain" | "label"])[] = [
  ["mail.protection.outlook.com", "domain"],
  ["mail.eo.outlook.com", "domain"],
  ["mx.microsoft", "domain"],
  ["tmes.trendmicro.com", "label"],
  ["hes.trendmicro.com", "label"],
  ["onmicrosoft.com", "label"],
  ["sharepoint.com", "label"],
  ["pphosted.com", "label"],
  ["ppe-hosted.com", "label"],
  ["iphmx.com", "label"],
  ["ess.barracudanetworks.com", "label"],
];

/** The zone of a name, in lower case, that tells a customer's own name; undefined for other names. */
export function hostedZone(name: string): (typeof hosted)[number] | undefined {
  return hosted.find(([zone]) => name.endsWith(`.${zone}`));
}
