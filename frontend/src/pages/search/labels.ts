import type { Place, PostingPage, SearchCoverage } from "../../api";
import { count, country, employmentTypes, money, seniorities, workModes } from "../../format/words";
import { type FilterName, filtersOf, listNames, type SingleName } from "./filters";

export const ages: Record<string, string> = {
  "1": "Last day",
  "7": "Last week",
  "30": "Last month",
  "90": "Last three months",
};

const bands: [from: string, band: string][] = [
  ["200000", "over_200k"],
  ["150000", "150k_200k"],
  ["100000", "100k_150k"],
  ["50000", "50k_100k"],
];

/** How many postings pay at least so much, from how many pay within each band. */
export function payFrom(counts: Record<string, number>): Record<string, number> {
  let sum = 0;
  const from: Record<string, number> = {};
  for (const [low, band] of bands) {
    sum += counts[band] ?? 0;
    if (sum > 0) from[low] = sum;
  }
  return from;
}

export interface Chosen {
  name: FilterName;
  value: string;
  label: string;
}

function singleLabel(
  name: SingleName,
  value: string,
  params: URLSearchParams,
  page: PostingPage | undefined,
): string | null {
  // What makes no sense in an address filters nothing, and is not shown as if it did.
  const { km, minPay, postedWithinDays, remoteFrom } = filtersOf(params);
  if (name === "place") {
    const slip = page?.place_correction ?? null;
    // The page may still be the answer to the address before this one: then its slip is in no name here.
    const meant = slip === null ? value : value.replace(slip.typed, () => slip.searched);
    const read = page?.place ?? null;
    if (!km) return null;
    return isArea(read) ? `In ${placeAsRead(read)}` : `Within ${km} km of ${meant}`;
  }
  if (name === "remote_from") return remoteFrom ? `Remote from ${country(remoteFrom)}` : null;
  if (name === "min_pay") {
    const unknown = params.get("pay_unknown") === "true" ? ", or not stated" : "";
    return minPay ? `From ${money(minPay, "USD")}${unknown}` : null;
  }
  if (name !== "posted_within_days" || !postedWithinDays) return null;
  return ages[postedWithinDays] ?? `Last ${postedWithinDays} days`;
}

/** Every filter of an address in words, so that each can be seen and taken away. */
export function chosenOf(params: URLSearchParams, page: PostingPage | undefined): Chosen[] {
  const tables: Record<string, Record<string, string>> = {
    work_mode: workModes,
    seniority: seniorities,
    employment_type: employmentTypes,
    skill: page?.skills ?? {},
    source: page?.sources ?? {},
  };
  const singles = (["place", "min_pay", "posted_within_days", "remote_from"] as const).flatMap((name) => {
    const value = params.get(name);
    const label = value === null ? null : singleLabel(name, value, params, page);
    return value === null || label === null ? [] : [{ name, value, label }];
  });
  const lists = listNames.flatMap((name) =>
    params.getAll(name).map((value) => ({
      name,
      value,
      label: name === "country" ? country(value) : (tables[name]?.[value] ?? value),
    })),
  );
  return [...singles, ...lists];
}

/** "1,204 seen: 96 duplicates, 20 closed, 201 that your search leaves out". */
export function coverageInWords({ seen, duplicates, closed, expired, filtered }: SearchCoverage): string {
  const parts: [number, string][] = [
    [duplicates, duplicates === 1 ? "duplicate" : "duplicates"],
    [closed, "closed"],
    [expired, "expired"],
    [filtered, "that your search leaves out"],
  ];
  const said = parts.filter(([number]) => number > 0).map(([number, word]) => `${count(number)} ${word}`);
  return `${count(seen)} seen${said.length > 0 ? `: ${said.join(", ")}` : ""}`;
}

/** "Springfield, Illinois, United States": which of the places of one name it is. */
export function placeAsRead({ text, city, region, country: code }: Place): string {
  const land = code === null ? null : country(code);
  // Of an area that is not known by itself, the whole country is searched.
  const parts = [city ?? region ?? land ?? text, region, land];
  return [...new Set(parts.filter((part) => part !== null && part !== ""))].join(", ");
}

/** Whether a place is a region or a country, which is searched as a whole, rather than a point that others are near to. */
export function isArea(place: Place | null): place is Place {
  return place !== null && place.city === null && place.country !== null;
}

/** "12 km away"; how far within a kilometre means nothing, as a place is a point somewhere in its city. */
export function distanceInWords(km: number): string {
  return km < 1 ? "Less than 1 km away" : `${count(Math.round(km))} km away`;
}

/** "; searched for “java” instead of “jaav”": how the words were taken; nothing where just as they were typed. */
export function understoodInWords({ approximate, corrections, place_correction: place }: PostingPage): string {
  const near = place === null ? "" : `; near “${place.searched}” instead of “${place.typed}”`;
  return wordsUnderstood({ approximate, corrections }) + near;
}

function wordsUnderstood({ approximate, corrections }: Pick<PostingPage, "approximate" | "corrections">): string {
  if (corrections.length === 0) return approximate ? " with words like yours; none has exactly these" : "";
  const beside = approximate ? "instead of" : "besides";
  return `; searched for ${corrections.map(({ typed, searched }) => `“${searched}” ${beside} “${typed}”`).join(" and ")}`;
}
