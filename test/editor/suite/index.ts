// Runs the journeys inside VS Code's extension host and says each result on the console, one JSON line each.
import { type Journey, marker, type Result } from "./journey.ts";
import { journeys } from "./journeys/index.ts";
import { closeAll } from "./support.ts";

const longest = 60_000;

/** Called by VS Code; rejects when a journey failed. */
export async function run(): Promise<void> {
  let failures = 0;
  for (const journey of journeys) {
    const result = await play(journey);
    console.log(marker + JSON.stringify(result));
    if (result.failure !== undefined) failures++;
  }
  if (failures > 0) throw new Error(`${failures} of ${journeys.length} journeys failed`);
}

async function play(journey: Journey): Promise<Result> {
  const start = Date.now();
  const failure = await failureOf(journey);
  await closeAll();
  return { name: journey.name, milliseconds: Date.now() - start, failure };
}

async function failureOf(journey: Journey): Promise<string | undefined> {
  try {
    await Promise.race([journey.run(), tooLong()]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

function tooLong(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`not at its end after ${longest / 1000} seconds`)), longest);
  });
}
