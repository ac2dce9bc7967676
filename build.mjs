// Builds SMTP Log Lens. `node build.mjs` bundles client, server and command line into dist/;
// `--watch` keeps doing so; `setup` installs what package-lock.json names when node_modules is
// missing or older. Plain JavaScript, because it must run before anything is installed.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";

const installed = "node_modules/.package-lock.json";

/** Installs the locked dependencies when they are missing or older than the lock file. */
function setup() {
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync("package-lock.json").mtimeMs) return;
  console.log("Installing the locked dependencies (npm ci) …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { status } = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error("npm ci failed. Check that the npm registry can be reached, then run the command again.");
    process.exit(status ?? 1);
  }
}

const shared = {
  bundle: true,
  minify: true,
  sourcemap: false,
  logLevel: "warning",
  legalComments: "none",
  loader: { ".css": "text" },
  define: { VERSION: JSON.stringify(JSON.parse(readFileSync("package.json", "utf8")).version) },
};

/** CommonJS for Node: one file each, no dynamic require left in it. */
const onNode = { ...shared, platform: "node", format: "cjs", target: "node20" };

const bundles = [
  { ...onNode, entryPoints: { server: "server/src/node/main.ts" }, outdir: "dist" },
  {
    ...onNode,
    entryPoints: { cli: "server/src/node/cli.ts" },
    outdir: "dist",
    banner: { js: "#!/usr/bin/env node" },
  },
  {
    ...onNode,
    entryPoints: { extension: "client/src/node.ts" },
    outdir: "dist",
    outExtension: { ".js": ".cjs" },
    external: ["vscode"],
  },
  {
    ...shared,
    platform: "browser",
    format: "iife",
    target: "es2022",
    entryPoints: { panel: "client/src/panel/page/main.ts" },
    outdir: "dist",
  },
];

/** Bundles everything once, or keeps bundling when `watch` is true. */
async function build(watch) {
  const esbuild = await import("esbuild");
  if (!watch) rmSync("dist", { recursive: true, force: true });
  mkdirSync("dist", { recursive: true });
  // The sources are ES modules, the bundles are CommonJS: this file tells Node so.
  writeFileSync("dist/package.json", '{ "type": "commonjs" }\n');
  if (watch) {
    for (const options of bundles) await (await esbuild.context({ ...options, logLevel: "info" })).watch();
    return;
  }
  await Promise.all(bundles.map((options) => esbuild.build(options)));
  chmodSync("dist/cli.js", 0o755);
}

if (process.argv.includes("setup")) setup();
else await build(process.argv.includes("--watch"));
