// The files of a rotated log in time order: mail.log.2.gz, mail.log.1, mail.log; maillog-20240602, maillog-20240609, maillog.
import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** A file's place in a rotation. */
interface Turn {
  readonly log: string;
  /** Greater is younger. */
  readonly age: number;
}

const shape =
  /^(.+?)(?:[.-](?:(\d{1,4})|(\d{4}-?\d\d-?\d\d)(?:[-T_.]?(\d{2,6}))?))?(\.(?:log|txt))?(?:\.(?:gz|zst|bz2|xz))?$/;

function turnOf(path: string): Turn {
  const [, name = path, number, date, time = "", ending = ""] = shape.exec(basename(path)) ?? [];
  const log = join(dirname(path), name + ending);
  if (date !== undefined)
    return { log, age: -1e15 + Number(date.replaceAll("-", "")) * 1e6 + Number(time.padEnd(6, "0")) };
  return { log, age: number === undefined ? 0 : -Number(number) };
}

/** The same files, each log's own in time order; logs stay in the order in which they are first named. */
export function inTimeOrder(paths: readonly string[]): readonly string[] {
  const logs = new Map<string, { readonly path: string; readonly age: number }[]>();
  for (const path of paths) {
    const { log, age } = turnOf(path);
    logs.set(log, [...(logs.get(log) ?? []), { path, age }]);
  }
  return [...logs.values()].flatMap((files) => files.sort((a, b) => a.age - b.age).map(({ path }) => path));
}

/** All files in the same folder that belong to a file's rotation, itself among them, in time order. Throws what reading the folder throws. */
export function rotationOf(path: string): readonly string[] {
  const { log } = turnOf(path);
  const paths = readdirSync(dirname(path)).map((name) => join(dirname(path), name));
  return inTimeOrder(paths.filter((other) => turnOf(other).log === log));
}
