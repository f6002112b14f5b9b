import type { EmploymentType, PostingFilters } from "../../api";
import { employmentTypes } from "../../format/words";

const workModes = ["onsite", "hybrid", "remote"] as const;
const levels = ["intern", "junior", "mid", "senior", "lead", "executive"] as const;
const employments = Object.keys(employmentTypes) as EmploymentType[];
const sorts = ["relevance", "newest", "pay", "nearest"] as const;

/** Filters that may have several values, each a pair of its own in the page's address. */
export const listNames = [
  "country",
  "work_mode",
  "seniority",
  "employment_type",
  "source",
  "skill",
  "company",
] as const;
export type ListName = (typeof listNames)[number];

/** Filters with one value. */
export const singleNames = ["q", "place", "km", "remote_from", "min_pay", "pay_unknown", "posted_within_days"] as const;
export type SingleName = (typeof singleNames)[number];
export type FilterName = ListName | SingleName;

/** How far from a place is looked, in kilometres, where the address says nothing else. */
export const usualKm = 50;

const code = /^[A-Z]{2}$/;
const most: Record<ListName, number> = {
  country: 20,
  work_mode: 3,
  seniority: 6,
  employment_type: 10,
  source: 20,
  skill: 10,
  company: 20,
};

function oneOf<T extends string>(values: readonly T[], value: string | null): T | undefined {
  return values.find((known) => known === value);
}

function between(value: string | null, low: number, high: number): number | undefined {
  const number = Number(value ?? Number.NaN);
  return number >= low && number <= high ? number : undefined;
}

/** The values of one filter that make sense, none of them twice; none at all is no filter. */
function listOf<T extends string>(
  params: URLSearchParams,
  name: ListName,
  fits: (value: string) => value is T,
): T[] | undefined {
  const values = [...new Set(params.getAll(name))].filter(fits).slice(0, most[name]);
  return values.length > 0 ? values : undefined;
}

const isWord = (value: string): value is string => value !== "" && value.length <= 100;
const isCountry = (value: string): value is string => code.test(value);
const isOf =
  <T extends string>(values: readonly T[]) =>
  (value: string): value is T =>
    values.some((known) => known === value);

/** The filters in an address; what makes no sense there counts as absent, because people edit addresses. */
export function filtersOf(params: URLSearchParams): PostingFilters {
  const place = params.get("place")?.trim().slice(0, 200) || undefined;
  const minPay = between(params.get("min_pay"), 1, 1e9);
  const from = params.get("remote_from");
  const days = between(params.get("posted_within_days"), 1, 3650);
  return {
    q: params.get("q")?.slice(0, 300) || undefined,
    place,
    km: place === undefined ? undefined : (between(params.get("km"), 1, 1000) ?? usualKm),
    country: listOf(params, "country", isCountry),
    remoteFrom: from !== null && code.test(from) ? from : undefined,
    workMode: listOf(params, "work_mode", isOf(workModes)),
    seniority: listOf(params, "seniority", isOf(levels)),
    employmentType: listOf(params, "employment_type", isOf(employments)),
    source: listOf(params, "source", isWord),
    skill: listOf(params, "skill", isWord),
    company: listOf(params, "company", isWord),
    minPay,
    payUnknown: minPay !== undefined && params.get("pay_unknown") === "true" ? true : undefined,
    postedWithinDays: days === undefined ? undefined : Math.floor(days),
    sort: oneOf(place === undefined ? sorts.filter((order) => order !== "nearest") : sorts, params.get("sort")),
  };
}

/** Whether there are words to be found: relevance is measured by them, and what is only left out ("-java") is none. */
export function hasWords({ q }: PostingFilters): boolean {
  return /(^|\s)[^\s-]/.test(q ?? "");
}

/** The address with one value changed; null or an empty text takes it away. */
export function changed(params: URLSearchParams, name: SingleName | "sort", value: string | null): URLSearchParams {
  const next = new URLSearchParams(params);
  if (value === null || value === "") next.delete(name);
  else next.set(name, value);
  return sensible(next);
}

/** The address without what means nothing without what it is about. */
function sensible(params: URLSearchParams): URLSearchParams {
  if (!params.has("place")) params.delete("km");
  if (!params.has("place") && params.get("sort") === "nearest") params.delete("sort");
  if (!params.has("min_pay")) params.delete("pay_unknown");
  return params;
}

/** The address with all values of one filter. */
export function listed(params: URLSearchParams, name: ListName, values: string[]): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete(name);
  for (const value of values) next.append(name, value);
  return next;
}

/** The address with one more value of a filter, or without it where it was there. */
export function toggled(params: URLSearchParams, name: ListName, value: string): URLSearchParams {
  const now = params.getAll(name);
  return listed(params, name, now.includes(value) ? now.filter((other) => other !== value) : [...now, value]);
}

/** The address without any filter; the words that are searched for and the order stay. */
export function cleared(params: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of [...listNames, ...singleNames]) if (name !== "q") next.delete(name);
  return sensible(next);
}
