import type { Match, Pay, PayPeriod, Place, PostingSummary, Seniority, SourceStatus, WorkMode } from "../api";

const language = "en";

export const workModes: Record<WorkMode, string> = { onsite: "On site", hybrid: "Hybrid", remote: "Remote" };

export const seniorities: Record<Seniority, string> = {
  intern: "Intern",
  junior: "Junior",
  mid: "Mid level",
  senior: "Senior",
  lead: "Lead",
  executive: "Executive",
};

export const partNames: Record<Match["parts"][number]["name"], string> = {
  skills: "Skills",
  title: "Title",
  text: "Experience",
  seniority: "Level",
  place: "Place",
  pay: "Pay",
};

export const statuses: Record<SourceStatus, { label: string; color: string }> = {
  ok: { label: "Up to date", color: "teal" },
  stale: { label: "Stale", color: "yellow" },
  blocked: { label: "Blocked", color: "red" },
  suspicious: { label: "Suspicious", color: "orange" },
  failing: { label: "Failing", color: "red" },
  off: { label: "Switched off", color: "gray" },
  never: { label: "Not collected yet", color: "gray" },
};

export const employmentTypes: Record<string, string> = {
  "full-time": "Full time",
  "part-time": "Part time",
  contract: "Contract",
  temporary: "Temporary",
  internship: "Internship",
  apprenticeship: "Apprenticeship",
  volunteer: "Volunteer",
};

/** Whose page a link leads to, by its kind. */
export const sites: Record<string, string> = {
  bitbucket: "Bitbucket",
  bluesky: "Bluesky",
  github: "GitHub",
  gitlab: "GitLab",
  huggingface: "Hugging Face",
  kaggle: "Kaggle",
  linkedin: "LinkedIn",
  medium: "Medium",
  orcid: "ORCID",
  researchgate: "ResearchGate",
  scholar: "Google Scholar",
  stackoverflow: "Stack Overflow",
  x: "X",
  xing: "XING",
};

/** "Fluent", or a level of the CEFR: "B2". */
export function languageLevel(level: string): string {
  return level.length > 2 ? level.slice(0, 1).toUpperCase() + level.slice(1) : level.toUpperCase();
}

const periods: Record<PayPeriod, string> = { hour: "hour", day: "day", week: "week", month: "month", year: "year" };

/** "$120K – $150K per year". */
export function payInWords(pay: Pay | null): string | null {
  if (pay === null || (pay.minimum === null && pay.maximum === null)) return null;
  const low = pay.minimum === null ? null : money(pay.minimum, pay.currency);
  const high = pay.maximum === null ? null : money(pay.maximum, pay.currency);
  const per = `per ${periods[pay.period]}`;
  if (low === null) return `up to ${high} ${per}`;
  if (high === null) return `from ${low} ${per}`;
  return low === high ? `${low} ${per}` : `${low} – ${high} ${per}`;
}

/** An amount, short: "$120K", "€45.50". */
export function money(amount: number, currency: string): string {
  const large = Math.abs(amount) >= 10_000;
  try {
    return new Intl.NumberFormat(language, {
      style: "currency",
      currency,
      notation: large ? "compact" : "standard",
      minimumFractionDigits: 0,
      maximumFractionDigits: large ? 1 : 2,
    }).format(amount);
  } catch {
    // A source may state a currency that no table knows.
    return `${count(amount)} ${currency}`;
  }
}

/** Words as a sentence: reasons come as parts of one. */
export function sentence(words: string): string {
  const said = words.slice(0, 1).toUpperCase() + words.slice(1);
  return /[.!?…]$/.test(said) ? said : `${said}.`;
}

export function count(value: number): string {
  return new Intl.NumberFormat(language).format(value);
}

/** "1 posting", "2 postings". */
export function counted(value: number, noun: string, many = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : many}`;
}

let regions: Intl.DisplayNames | undefined;

/** A country's name; a code that has none stays as it is. */
export function country(code: string): string {
  try {
    regions ??= new Intl.DisplayNames([language], { type: "region" });
    return regions.of(code) ?? code;
  } catch {
    return code;
  }
}

function placeInWords({ text, city, country: code }: Place): string {
  if (city !== null && code !== null) return `${city}, ${country(code)}`;
  if (code !== null && text.length <= 3) return country(code);
  return text;
}

/** The first two places, and how many more there are. */
export function placesInWords(places: Place[]): string | null {
  const known = [...new Set(places.map(placeInWords))].filter((words) => words !== "");
  if (known.length === 0) return null;
  const more = known.length - 2;
  return known.slice(0, 2).join(" · ") + (more > 0 ? ` and ${more} more` : "");
}

/** Where and how the work is done, without saying "Remote" twice. */
export function whereInWords(posting: Pick<PostingSummary, "places" | "work_mode">): string | null {
  const places = placesInWords(posting.places);
  const mode = posting.work_mode === null ? null : workModes[posting.work_mode];
  if (places === null) return mode;
  return mode === null || places.toLowerCase().includes(mode.toLowerCase()) ? places : `${mode} · ${places}`;
}

const day = 86_400_000;
const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * day],
  ["month", 30 * day],
  ["week", 7 * day],
  ["day", day],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** "3 days ago". */
export function ago(date: string | null, now = Date.now()): string | null {
  if (date === null) return null;
  const passed = Date.parse(date) - now;
  if (Number.isNaN(passed)) return null;
  const [unit, size] = units.find(([, length]) => Math.abs(passed) >= length) ?? (["second", 1_000] as const);
  if (unit === "second") return "just now";
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.round(passed / size), unit);
}

export function exactTime(date: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(date));
}

/** "09:10" today, "3 Jan" this year, "3 Jan 2025" before: since when something is so. */
export function moment(date: string, now = new Date()): string {
  const at = new Date(date);
  if (at.toDateString() === now.toDateString()) {
    return new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
  }
  const year = at.getFullYear() === now.getFullYear() ? {} : ({ year: "numeric" } as const);
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", ...year }).format(at);
}

/** A partial ISO date: "2021" stays, "2021-03" becomes "Mar 2021". */
export function month(date: string | null): string | null {
  const found = /^(\d{4})-(\d{2})/.exec(date ?? "");
  if (found === null) return date;
  const at = Date.UTC(Number(found[1]), Number(found[2]) - 1);
  return new Intl.DateTimeFormat(language, { year: "numeric", month: "short", timeZone: "UTC" }).format(at);
}

/** "Mar 2021 – now". */
export function span(start: string | null, end: string | null, current = false): string | null {
  const [from, to] = [month(start), current ? "now" : month(end)];
  if (from === null) return to;
  return to === null ? from : `${from} – ${to}`;
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const unit = bytes < 1024 * 1024 ? "kB" : "MB";
  const value = bytes / (unit === "kB" ? 1024 : 1024 * 1024);
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value)} ${unit}`;
}
