// Writes test/logs/sessions/ anew: the logs of real bursts, and what the receiver counted. Run as root: node test/measure/record.ts
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Burst, type MailServer, send } from "../support/mta.ts";
import type { Truth } from "../support/receiver.ts";
import { burstOf, exactServers, vagueServers } from "./bursts.ts";

const folder = fileURLToPath(new URL("../logs/sessions", import.meta.url));

const servers: Readonly<Record<string, MailServer>> = {
  ...Object.fromEntries(Object.entries(exactServers).map(([name, { server }]) => [name, server])),
  ...vagueServers,
};

/** The bursts of a server, by the word in the names of the files. Exim at once opens a session for each message. */
function burstsOf(name: string): Readonly<Record<string, Burst>> {
  const most = name === "exim-at-once" ? 30 : 14;
  return { [most]: burstOf(most), limit: burstOf(14, 10) };
}

mkdirSync(folder, { recursive: true });
const truths: Record<string, Truth> = {};
for (const [name, server] of Object.entries(servers)) {
  for (const [kind, burst] of Object.entries(burstsOf(name))) {
    const { logs, truth } = await send(server, burst);
    for (const [log, text] of Object.entries(logs)) {
      const file = `${name}-${kind}-${log}.log`;
      writeFileSync(join(folder, file), text);
      truths[file] = truth;
    }
  }
}
const rows = Object.entries(truths).map(([file, truth]) => `${JSON.stringify(file)}: ${JSON.stringify(truth)}`);
writeFileSync(join(folder, "truth.json"), `{\n${rows.join(",\n")}\n}\n`);
