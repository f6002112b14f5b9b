// Makes src/api/generated.ts from ../openapi.json: `npm run generate`. A test compares the two.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { generateEndpoints } from "@rtk-query/codegen-openapi";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outputFile = here("./src/api/generated.ts");

/** @returns {Promise<string>} the client's source text */
export async function generate() {
  const text = await generateEndpoints({
    schemaFile: here("../openapi.json"),
    apiFile: "./base.ts",
    apiImport: "baseApi",
    exportName: "generatedApi",
    hooks: true,
    encodePathParams: true,
    tag: true,
  });
  return `// Made from openapi.json by \`npm run generate\`. Do not edit.\n${text}`;
}

/** @returns {string} the client's source text as it is kept */
export function kept() {
  return readFileSync(outputFile, "utf8");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(outputFile, await generate());
