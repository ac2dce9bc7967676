// A folder with the sample log, to open and to change at will.
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "./lifetime.ts";
import { sampleLog } from "./paths.ts";

/** The sample's name in that folder: one that every mail administrator knows. */
export const sampleName = "mail.log";

/** A temporary folder that holds a copy of the sample log and nothing else. */
export function sampleFolder(): string {
  const folder = temporaryFolder("logs");
  copyFileSync(sampleLog, join(folder, sampleName));
  return folder;
}
