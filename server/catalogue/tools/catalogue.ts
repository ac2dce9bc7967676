// The keeper of the catalogue: `npm run catalogue -- new | table | check`.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ages, agesText } from "./ages.ts";
import { codesTable } from "./codesTable.ts";
import { addRow, type NewRow, WishError } from "./newRow.ts";

const help = `npm run catalogue -- new PROVIDER CODE [--source ID]
                             adds a row to finish, with its source when no ID of one is given; a provider that
                             is not known gets a file
npm run catalogue -- table   writes CODES.md, the table of all providers and codes
npm run catalogue -- check   names the rows whose sources are older than two years
`;

const folder = fileURLToPath(new URL("..", import.meta.url));

/** Puts files into the form that \`npm run check\` wants. */
function format(files: readonly string[]): void {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  spawnSync(process.execPath, [`${root}node_modules/@biomejs/biome/bin/biome`, "format", "--write", ...files], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

function create(wish: NewRow): string {
  const { files, todo } = addRow(folder, wish, new Date());
  format(files);
  return todo;
}

function run(args: readonly string[]): string {
  const options = { source: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [command, provider, ...code] = positionals;
  if (command === "new" && provider !== undefined && code.length > 0)
    return create({ provider, code: code.join(" "), source: values.source });
  if (command === "check" && provider === undefined) return agesText(ages(new Date()));
  if (command !== "table" || provider !== undefined) throw new WishError(help);
  writeFileSync(`${folder}CODES.md`, codesTable());
  return "CODES.md is up to date.\n";
}

try {
  process.stdout.write(run(process.argv.slice(2)));
} catch (problem) {
  if (!(problem instanceof WishError)) throw problem;
  process.stderr.write(problem.message);
  process.exitCode = 2;
}
