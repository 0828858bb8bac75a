// Prints the number of the WebAssembly module that is named.
import { readFileSync } from "node:fs";

const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]));
console.log(BigInt.asUintN(64, instance.exports.answers()).toString());
