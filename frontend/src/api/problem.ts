import type { SerializedError } from "@reduxjs/toolkit";
import type { FetchBaseQueryError } from "@reduxjs/toolkit/query";

/** An error in words a person can use. */
export interface ProblemInWords {
  status: number | null;
  title: string;
  detail: string;
  fields: Record<string, string>;
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
};

/** What went wrong, from an RTK Query error: a problem document where there is one, plain words otherwise. */
export function problemOf(error: FetchBaseQueryError | SerializedError | undefined): ProblemInWords | null {
  if (error === undefined) return null;
  if (!("status" in error)) return { ...unreachable, title: "Something went wrong", detail: error.message ?? "" };
  if (error.status === "FETCH_ERROR") return unreachable;
  if (error.status === "TIMEOUT_ERROR") return { ...unreachable, title: "The service took too long to answer" };
  const status = typeof error.status === "number" ? error.status : null;
  const raw = (typeof error.data === "object" && error.data !== null ? error.data : {}) as RawProblem;
  return {
    status,
    title: text(raw.title) ?? (status !== null && status >= 500 ? "The service has a problem" : "That did not work"),
    detail: text(raw.detail) ?? "Try again in a moment.",
    fields: fieldsOf(raw.errors),
  };
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function fieldsOf(errors: unknown): Record<string, string> {
  const fields: Record<string, string> = {};
  if (!Array.isArray(errors)) return fields;
  for (const entry of errors as unknown[]) {
    if (typeof entry !== "object" || entry === null) continue;
    const { field, message } = entry as { field?: unknown; message?: unknown };
    const [name, words] = [text(field), text(message)];
    // The API names fields by their path in the request ("body.email"); forms know the last part.
    if (name !== null && words !== null) fields[name.split(".").at(-1) ?? name] ??= words;
  }
  return fields;
}
