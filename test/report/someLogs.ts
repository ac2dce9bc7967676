// A small log of Postfix, and a folder to write logs into and read them from.
import { utimesSync, writeFileSync } from "node:fs";
import { readLogs } from "../../server/src/node/tally/readLogs.ts";
import { createReaderHere } from "../../server/src/node/tally/threads.ts";
import { folderWith } from "../cli/program.ts";

const relay = "cxr.mx.a.cloudfilter.net[192.0.2.9]";
/** A refusal with its line end. */
export const refusal = (day: string, id: string, code = "AUP#CXCNCT") =>
  `${day} 18:16:04 mx1 postfix/smtp[904]: ${id}: to=<you@cox.net>, relay=${relay}:25, delay=0.1, delays=0/0/0.1/0, dsn=4.0.0, status=deferred (host ${relay} said: 421 cmsmtp 81.2.69.160 blocked. ${code} (in reply to MAIL FROM command))\n`;
/** A line without one. */
export const removed = (day: string) => `${day} 18:16:05 mx1 postfix/qmgr[902]: 044B211F8: removed\n`;
/** Three lines, the second of which is a refusal. */
export const log = removed("Nov 23") + refusal("Nov 23", "044B211F7") + removed("Nov 23");

/** Reads in this thread. */
export const here = createReaderHere();

/** A folder for logs; the caller removes it. */
export function logFolder() {
  const files = folderWith({ "mail.log": log, "empty.log": "", "zeros.img": Buffer.alloc(300_000) });
  const write = (name: string, content: string | Buffer, date = new Date()): string => {
    writeFileSync(files.path(name), content);
    utimesSync(files.path(name), date, date);
    return files.path(name);
  };
  return { files, write };
}

/** What these logs hold. */
export async function read(...paths: string[]) {
  return (await readLogs(paths, { readers: here, places: 100 })).tally;
}
