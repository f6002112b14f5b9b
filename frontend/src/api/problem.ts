import type { SerializedError } from "@reduxjs/toolkit";
import type { FetchBaseQueryError } from "@reduxjs/toolkit/query";
import { sentence } from "../format/words";

/** An error in words a person can use. */
export interface ProblemInWords {
  status: number | null;
  title: string;
  detail: string;
  /** What is wrong with a field, by its last name: enough for forms without parts. */
  fields: Record<string, string>;
  /** The same by the whole path in the body: "config.api.fields.title". */
  paths: Record<string, string>;
}

interface RawProblem {
  title?: unknown;
  detail?: unknown;
  errors?: unknown;
}

const unreachable: ProblemInWords = {
  status: null,
  title: "The service cannot be reached",
  detail: "Check your connection and try again. Nothing was lost.",
  fields: {},
  paths: {},
};

/** What went wrong, from an RTK Query error: a problem document where there is one, plain words otherwise. */
export function problemOf(error: FetchBaseQueryError | SerializedError | undefined): ProblemInWords | null {
  if (error === undefined) return null;
  if (!("status" in error)) return { ...unreachable, title: "Something went wrong", detail: error.message ?? "" };
  if (error.status === "FETCH_ERROR") return unreachable;
  if (error.status === "TIMEOUT_ERROR") return { ...unreachable, title: "The service took too long to answer" };
  const status = typeof error.status === "number" ? error.status : null;
  const raw = (typeof error.data === "object" && error.data !== null ? error.data : {}) as RawProblem;
  const named = namesOf(raw.errors);
  // What is wrong with an address stands beside no field.
  const asked = Object.entries(named.paths).flatMap(([path, words]) => (path.startsWith("query.") ? sentence(words) : []));
  return {
    status,
    title: text(raw.title) ?? (status !== null && status >= 500 ? "The service has a problem" : "That did not work"),
    detail: asked.join(" ") || (text(raw.detail) ?? "Try again in a moment."),
    ...named,
  };
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function namesOf(errors: unknown): Pick<ProblemInWords, "fields" | "paths"> {
  const fields: Record<string, string> = {};
  const paths: Record<string, string> = {};
  for (const entry of Array.isArray(errors) ? (errors as unknown[]) : []) {
    if (typeof entry !== "object" || entry === null) continue;
    const { field, message } = entry as { field?: unknown; message?: unknown };
    const [path, words] = [text(field), text(message)];
    if (path === null || words === null) continue;
    // The API names fields by their path in the request: "body.email".
    // Beside a field it stands as a sentence of its own.
    const said = words.slice(0, 1).toUpperCase() + words.slice(1);
    paths[path.replace(/^body\./, "")] ??= said;
    fields[path.split(".").at(-1) ?? path] ??= said;
  }
  return { fields, paths };
}

/** What is wrong at a path, or with any part of it. */
export function faultAt(problem: ProblemInWords | null, path: string): string | undefined {
  if (problem === null) return undefined;
  return Object.entries(problem.paths).find(([at]) => at === path || at.startsWith(`${path}.`))?.[1];
}
