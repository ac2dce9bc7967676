// What a journey through the extension host is, and how its result travels out of VS Code.

/** One thing a user does, played in a real VS Code. */
export interface Journey {
  /** A sentence about mail; the name of the test. */
  readonly name: string;
  /** Throws what went wrong. */
  readonly run: () => Promise<void>;
}

/** How one journey went. */
export interface Result {
  readonly name: string;
  readonly milliseconds: number;
  /** Undefined when all went well. */
  readonly failure: string | undefined;
}

/** Stands before each result on the console. */
export const marker = "SMTP-LOG-LENS-JOURNEY ";

/** The results in a piece of console output. */
export function resultsIn(output: string): readonly Result[] {
  return output
    .split("\n")
    .filter((line) => line.includes(marker))
    .map((line) => JSON.parse(line.slice(line.indexOf(marker) + marker.length)) as Result);
}
