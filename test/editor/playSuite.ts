// Plays the extension-host suite in the first VS Code this machine can have.
import { join } from "node:path";
import { build } from "esbuild";
import { electron } from "./homes/electron.ts";
import { type Home, quiet } from "./homes/home.ts";
import { inBrowser } from "./homes/inBrowser.ts";
import { cache, root } from "./paths.ts";
import { sampleFolder } from "./sample.ts";
import { type Result, resultsIn } from "./suite/journey.ts";

/** How the suite went. */
export interface Played {
  /** The VS Code it was played in. */
  readonly home: string;
  readonly results: readonly Result[];
  /** False when VS Code ended, or refused to start, before all journeys were played. */
  readonly toTheEnd: boolean;
  /** The last of what was written to the console. */
  readonly output: string;
}

/** Bundles and plays the suite. Throws when no VS Code can be had. */
export async function playSuite(): Promise<Played> {
  const home = await firstUsable([electron, inBrowser]);
  const suite = await bundle();
  let output = "";
  const onOutput = (text: string) => {
    output += text;
  };
  const passed = await home.run({ extension: root, suite, folder: sampleFolder(), settings: quiet, onOutput });
  const results = resultsIn(output);
  const failed = results.some((result) => result.failure !== undefined);
  return { home: home.name, results, toTheEnd: results.length > 0 && passed !== failed, output: output.slice(-5000) };
}

async function firstUsable(homes: readonly Home[]): Promise<Home> {
  const obstacles: string[] = [];
  for (const home of homes) {
    const obstacle = await home.obstacle();
    if (obstacle === undefined) return home;
    obstacles.push(`${home.name}: ${obstacle}`);
  }
  throw new Error(`No VS Code to test in. ${obstacles.join("; ")}.`);
}

/** One CommonJS file, as the extension host loads it. */
async function bundle(): Promise<string> {
  const suite = join(cache, "suite.cjs");
  await build({
    entryPoints: [join(root, "test", "editor", "suite", "index.ts")],
    outfile: suite,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode"],
    logLevel: "warning",
  });
  return suite;
}
