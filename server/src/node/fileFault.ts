// Why a file could not be read, in words for the user.
import { bounded, visible } from "../tell/markdown.ts";

/** Why a file could not be read, a sentence for the user; "-" is standard input. */
export function fileFault(problem: unknown, file: string): string {
  const name = file === "-" ? "standard input" : visible(file);
  const code = codeOf(problem);
  if (code === "ENOENT" || code === "ENOTDIR") return `${name} does not exist.`;
  if (code === "EACCES" || code === "EPERM")
    return `${name} may not be read by you. Ask for read access, or run this as a user who has it.`;
  return `${name} could not be read: ${faultClause(problem)}`;
}

const clauses: Readonly<Record<string, string>> = {
  ELOOP: "its links lead in a circle. Name the file itself.",
  EMFILE: "too many files are open. Name fewer logs at once.",
  ENFILE: "too many files are open on this machine. Try again later.",
  EIO: "the disk or the system reports an error (EIO). Copy the file to another disk and read that.",
  ESTALE: "the file server has lost it. Read it again.",
  EAGAIN: "it has nothing to read now.",
  ENAMETOOLONG: "its name is too long.",
};

/** The clause of such a sentence; a system's own words hold the path, which may write to a terminal, so they are not shown. */
export function faultClause(problem: unknown): string {
  const code = codeOf(problem);
  const known = code === undefined ? undefined : clauses[code];
  if (known !== undefined) return known;
  const words = problem instanceof Error ? problem.message : String(problem);
  return visible(bounded(isOfSystem(problem) ? (words.split(", ")[0] ?? words) : words, 300));
}

/** The code of a fault of the system: "ENOENT". */
export function codeOf(problem: unknown): string | undefined {
  return problem instanceof Error && "code" in problem && typeof problem.code === "string" ? problem.code : undefined;
}

function isOfSystem(problem: unknown): boolean {
  return problem instanceof Error && "syscall" in problem;
}
