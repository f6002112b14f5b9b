import type { PostingFilters } from "../api";

const workModes = ["onsite", "hybrid", "remote"] as const;
const levels = ["intern", "junior", "mid", "senior", "lead", "executive"] as const;

/** The names of the filters in the page's address. */
export const filterNames = ["q", "country", "work_mode", "seniority", "source", "min_pay"] as const;
export type FilterName = (typeof filterNames)[number];

function oneOf<T extends string>(values: readonly T[], value: string | null): T | undefined {
  return values.find((known) => known === value);
}

/** The filters in an address; what makes no sense there counts as absent, because people edit addresses. */
export function filtersOf(params: URLSearchParams): PostingFilters {
  const pay = Number(params.get("min_pay"));
  const country = params.get("country");
  return {
    q: params.get("q")?.slice(0, 300) || undefined,
    country: country !== null && /^[A-Z]{2}$/.test(country) ? country : undefined,
    workMode: oneOf(workModes, params.get("work_mode")),
    seniority: oneOf(levels, params.get("seniority")),
    source: params.get("source") ?? undefined,
    minPay: pay > 0 && pay <= 1e9 ? pay : undefined,
    sort: oneOf(["relevance", "newest"] as const, params.get("sort")),
  };
}

/** The address with one value changed; null or an empty text takes it away. */
export function changed(params: URLSearchParams, name: FilterName | "sort", value: string | null): URLSearchParams {
  const next = new URLSearchParams(params);
  if (value === null || value === "") next.delete(name);
  else next.set(name, value);
  return next;
}

/** The address without any filter; the words that are searched for and the order stay. */
export function cleared(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of filterNames) if (name !== "q") next.delete(name);
  return next;
}
