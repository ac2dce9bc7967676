// Builds SMTP Log Lens. `node build.mjs` bundles client, server and command line into dist/;
// `--watch` keeps doing so; `setup` installs what package-lock.json names when node_modules is
// missing or older. Plain JavaScript, because it must run before anything is installed.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { fileURLToPath } from "node:url";

const installed = "node_modules/.package-lock.json";

/** Installs the locked dependencies when they are missing or older than the lock file. */
function setup() {
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync("package-lock.json").mtimeMs) return;
  if (lstatSync("node_modules", { throwIfNoEntry: false })?.isSymbolicLink()) {
    // npm ci empties the folder first, and that would be somebody else's.
    console.error(
      "node_modules is a symbolic link, and npm ci would delete what it leads to. Remove the link, then run the command again; " +
        "or install the locked dependencies (npm ci) in the folder that it leads to.",
    );
    process.exit(1);
  }
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
  metafile: true,
  loader: { ".css": "text" },
  define: { VERSION: JSON.stringify(JSON.parse(readFileSync("package.json", "utf8")).version) },
};

/** CommonJS for Node: one file each, no dynamic require left in it. */
const onNode = {
  ...shared,
  platform: "node",
  format: "cjs",
  target: "node20",
  // A thread is started with the file that this is: the bundle itself.
  define: { ...shared.define, "import.meta.filename": "__filename" },
};

// mailauth imports these, and what is used of it never calls them: without them its bundle is a third of the size,
// and has no way to the network but the resolver it is given.
const unused = ["node:dns", "node:https", "iconv-lite", "encoding-japanese", "tldts"];
const nothing = fileURLToPath(new URL("server/src/node/mailAuth/unused.ts", import.meta.url));

/** Leaves what a check of mail authentication needs, the command line for the server, and the client's library in bundles of their own. */
const apart = {
  name: "apart",
  setup: (build) => {
    const other = (filter, path) => build.onResolve({ filter }, () => ({ path, external: true }));
    other(/^\.\/mailAuth\/library\.ts$/, "./mailAuth.js");
    other(/^\.\/cli\.ts$/, "./cli.js");
    other(/^\.\/languageClient\.ts$/, "./languageClient.cjs");
  },
};

/** Keeps JSON as a text that is parsed when it is first needed: that is several times as fast as the same as a program. */
const parsedJson = {
  name: "parsedJson",
  setup: (build) =>
    build.onLoad({ filter: /\.json$/ }, ({ path }) => {
      const text = JSON.stringify(JSON.parse(readFileSync(path, "utf8")));
      return { contents: `module.exports = JSON.parse(${JSON.stringify(text)});`, loader: "js" };
    }),
};

const bundles = [
  { ...onNode, entryPoints: { server: "server/src/node/main.ts" }, outdir: "dist", plugins: [apart] },
  {
    ...onNode,
    entryPoints: { mailAuth: "server/src/node/mailAuth/library.ts" },
    outdir: "dist",
    alias: Object.fromEntries(unused.map((name) => [name, nothing])),
  },
  {
    ...onNode,
    entryPoints: { cli: "server/src/node/cli.ts" },
    outdir: "dist",
    plugins: [apart, parsedJson],
    banner: { js: "#!/usr/bin/env node" },
  },
  {
    ...onNode,
    entryPoints: { extension: "client/src/node.ts", languageClient: "client/src/languageClient.ts" },
    outdir: "dist",
    outExtension: { ".js": ".cjs" },
    external: ["vscode"],
    // An older editor's loader of extensions may not know import().
    supported: { "dynamic-import": false },
    plugins: [apart],
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
  const built = await Promise.all(bundles.map((options) => esbuild.build(options)));
  writeFileSync("dist/NOTICES.txt", notices(built.flatMap(({ metafile }) => Object.keys(metafile.inputs))));
  chmodSync("dist/cli.js", 0o755);
}

/** The licences of the packages whose code is in the bundles; a package without one stops the build. */
function notices(inputs) {
  const folders = inputs.map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  return [...new Set(folders)]
    .filter((folder) => folder !== undefined)
    .sort()
    .map((folder) => {
      const licence = readdirSync(folder).find((name) => /^licen[cs]e(?![^.]*\.json)/i.test(name));
      if (licence === undefined) throw new Error(`${folder} has no licence file, so its code must not be bundled.`);
      const { name, version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
      return `${name} ${version}\n\n${readFileSync(`${folder}/${licence}`, "utf8").trim()}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}

if (process.argv.includes("setup")) setup();
else await build(process.argv.includes("--watch"));
