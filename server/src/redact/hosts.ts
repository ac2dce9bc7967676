// Finds names of hosts that have no dot: the host that wrote the line, clients before their address, names in HELO.
import { isNameless } from "./services.ts";
import { type Finder, groupAt, type Sight } from "./sight.ts";

/** Claims the name of the host that wrote the line, dotted or not, and that of a container. */
export const ownHost: Finder = (sight) => {
  const at = sight.known.ownHost(sight.line);
  if (at !== undefined) claim(sight, at.start, sight.line.slice(at.start, at.end));
  const container = /^([\w.-]{1,64}) {0,20}\| /.exec(sight.line)?.[1];
  if (container !== undefined) claim(sight, 0, container);
};

/** Claims names of clients. */
export const hosts: Finder = (sight) => {
  for (const shape of shapes) {
    for (const match of sight.line.matchAll(shape)) {
      const at = groupAt(match, 1);
      if (at !== undefined) claim(sight, at.start, at.text);
    }
  }
};

const shapes = [
  // client[192.0.2.1], H=client [192.0.2.1], relay=client [192.0.2.1], (helo) [192.0.2.1]
  /(?<![\w.-])([A-Za-z0-9_-]{1,63})\[(?=(?:IPv6:)?[\da-fA-F]{0,4}[.:])/dg,
  /(?:H=|relay=)([A-Za-z0-9_-]{1,63}) (?:\([^()\s]{0,255}\) )?\[(?=(?:IPv6:)?[\da-fA-F]{0,4}[.:])/dg,
  /\(([A-Za-z0-9_-]{1,63})\) \[(?=(?:IPv6:)?[\da-fA-F]{0,4}[.:])/dg,
  /(?<![\w.-])(?:helo|heloname|ehlo|helo_name|(?:my|client_|remote_)?host_?name|r?host|client_name|ptr|rdns)(?:=|"\s?:\s?(?="))\\?["'<]?([A-Za-z0-9_-]{1,63})(?![\w.@-])/dgi,
  /\b(?:EHLO|HELO) ([A-Za-z0-9_-]{1,63})(?=:|;|"|\\r|\s*$)/dg,
  /<([A-Za-z0-9_-]{1,63})>: (?:Helo|Client|Unverified Client)/dg,
];

/** Words of refusals that may stand where a name does: "banned sender[192.0.2.1]", "HELO rejected:". */
const words = new Set(
  (
    "sender host client server ip address from by for at to of relay gateway connection connect banned blocked listed your the mail message recipient " +
    "rejected refused denied failed required command name error response first given invalid"
  ).split(" "),
);

function claim({ claims, names }: Sight, start: number, name: string): void {
  const lower = name.toLowerCase();
  if (/[a-z]/.test(lower) && !isNameless(lower) && !words.has(lower))
    claims.put(start, start + name.length, () => names.domain(name));
}
