import { faultAt, type ProblemInWords } from "../../api/problem";
import { sentence } from "../../format/words";
import { fieldNames, type Pair, type SecretPair, secretName } from "./ownForm";

const wholes = ["config", "config.api", "config.feed", "config.board"];
/** Where the form has a place for what is wrong, there or within. */
const shown = [
  "name",
  "secrets",
  "config.feed.url",
  ...["url", "query", "headers", "secret_headers", "secret_query", "records", "paging", "pages", "per_hour"].map(
    (name) => `config.api.${name}`,
  ),
  ...fieldNames.map((name) => `config.api.fields.${name}`),
];

/** What is wrong with the definition as a whole: it belongs to no single field. */
export function wholeFault(problem: ProblemInWords | null): string | undefined {
  return wholes.map((path) => problem?.paths[path]).find((words) => words !== undefined);
}

/** A problem as far as the form has no place for it; null where each fault is shown at its own. */
export function homeless(problem: ProblemInWords | null): ProblemInWords | null {
  const paths = Object.entries(problem?.paths ?? {});
  if (problem === null || paths.length === 0) return problem;
  const lost = paths.filter(
    ([path]) => !wholes.includes(path) && !shown.some((at) => path === at || path.startsWith(`${at}.`)),
  );
  if (lost.length === 0) return null;
  return { ...problem, detail: lost.map(([, words]) => sentence(words)).join(" ") };
}

export interface PairFault {
  name?: string | undefined;
  value?: string | undefined;
}

/** What is wrong with one row of names and values. */
export function pairFault(problem: ProblemInWords | null, field: string, { name }: Pair): PairFault {
  if (name === "") return {};
  // A name that holds a dot is the beginning of no other: the path is the whole one.
  const at = `config.api.${field}.${name}`;
  return { name: problem?.paths[`${at}.[key]`], value: problem?.paths[at] };
}

export function secretFault(problem: ProblemInWords | null, pair: SecretPair): PairFault {
  const found = pairFault(problem, pair.where === "header" ? "secret_headers" : "secret_query", pair);
  return { ...found, value: found.value ?? (pair.name === "" ? undefined : problem?.paths[`secrets.${secretName(pair)}`]) };
}

/** What is wrong with a list of rows, as far as no row says it. */
export function listFault(problem: ProblemInWords | null, paths: string[], rows: PairFault[]): string | undefined {
  if (rows.some(({ name, value }) => name !== undefined || value !== undefined)) return undefined;
  return paths.map((path) => faultAt(problem, path)).find((words) => words !== undefined);
}
