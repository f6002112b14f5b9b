import type { DocumentField, ProfileFields, ResumeDocument } from "../../api";
import { country, languageLevel, month, seniorities, sites } from "../../format/words";
import { joined } from "../ProfileEntries";

/** How sure a field is, in words. */
export type Sureness = "sure" | "likely" | "check";

export const surenessWords: Record<Sureness, string> = { sure: "sure", likely: "likely", check: "check this" };

/** A field as it is shown: what it is called and what it says. */
export interface ShownField {
  path: string;
  label: string;
  value: string;
  confidence: number | null;
  sureness: Sureness | null;
  derivedFrom: string | null;
  /** The pages that it stands on, from 1. */
  pages: number[];
  /** Whether it can be shown in the document. */
  located: boolean;
}

/** The fields of one thing, as of one position. */
export interface FieldEntry {
  key: string;
  title: string | null;
  /** From what all of them are derived, where it is the same. */
  derivedFrom: string | null;
  fields: ShownField[];
}

export interface FieldGroup {
  title: string;
  /** Whether its fields are short and many, and have no names of their own. */
  short: boolean;
  entries: FieldEntry[];
}

/** From these on a field is sure, or likely. */
const bounds = { sure: 0.9, likely: 0.7 };

export function surenessOf(confidence: number | null): Sureness | null {
  if (confidence === null) return null;
  if (confidence >= bounds.sure) return "sure";
  return confidence >= bounds.likely ? "likely" : "check";
}

/** "82 %", never "100 %" of what is only nearly so. */
export function percent(confidence: number): string {
  return `${confidence < 1 ? Math.min(99, Math.round(confidence * 100)) : 100} %`;
}

/** What is told of a field beyond what is to be seen: how sure it is in figures, and where it stands. */
export function aboutField({ confidence, pages, located, derivedFrom }: ShownField): string[] {
  const sure = confidence === null ? [] : [`${percent(confidence)} sure`];
  const unknown = located || derivedFrom !== null ? [] : ["its place is not known"];
  return [...sure, ...(pages.length > 0 ? [`page ${pages.join(" and ")}`] : unknown)];
}

/** All of a field in words: "Name: Ada Martin, sure, 97 % sure, page 1". */
export function fieldInWords(field: ShownField): string {
  const sure = field.sureness === null ? [] : [surenessWords[field.sureness]];
  const from = field.derivedFrom === null ? [] : [`from ${field.derivedFrom}`];
  return [`${field.label}: ${field.value}`, ...sure, ...from, ...aboutField(field)].join(", ");
}

const groups: { title: string; of: string[]; short?: boolean }[] = [
  { title: "Person", of: ["name", "label", "email", "emails", "phone", "phones", "place", "links", "seniority", "years", "summary"] },
  { title: "Skills", of: ["skills"], short: true },
  { title: "Skills in your own words", of: ["other_skills"], short: true },
  { title: "Work", of: ["work"] },
  { title: "Education", of: ["education"] },
  { title: "Languages", of: ["languages"] },
  { title: "Projects", of: ["projects"] },
  { title: "Certificates", of: ["certificates"] },
  { title: "Publications", of: ["publications"] },
  { title: "Awards", of: ["awards"] },
  { title: "Right to work", of: ["work_rights"] },
  { title: "Skills at work", of: ["skill_uses"] },
];

const other = "Also read";

const labels: Record<string, string> = {
  area: "Subject",
  awarder: "Given by",
  bullets: "Task",
  city: "City",
  code: "Code",
  company: "Employer",
  country: "Country",
  current: "End",
  date: "Date",
  degree: "Degree",
  description: "Description",
  email: "E-mail",
  emails: "E-mail",
  end: "End",
  fluency: "As stated",
  institution: "School",
  issuer: "Given by",
  kind: "Kind",
  label: "Headline",
  language: "Language",
  level: "Level",
  links: "Link",
  name: "Name",
  phone: "Telephone",
  phones: "Telephone",
  other_skills: "Skill",
  place: "Place",
  publisher: "Published by",
  region: "Region",
  score: "Grade",
  seniority: "Level",
  skills: "Skill",
  start: "Start",
  summary: "Summary",
  title: "Title",
  url: "Link",
  words: "Statement",
  years: "Years of work",
};

/** What employers look for first and no field was read of, in words. */
export function missingOf({ name, email, phone, work, education }: ProfileFields): string[] {
  const missing: [boolean, string][] = [
    [name == null, "name"],
    [email == null, "e-mail"],
    [phone == null, "telephone"],
    [work.length === 0, "work"],
    [work.some(({ company, title }) => company == null || title == null), "the employer or title of a position"],
    [education.length === 0, "education"],
  ];
  return missing.filter(([is]) => is).map(([, words]) => words);
}

/** The parts of a JSON pointer. */
function partsOf(path: string): string[] {
  return path.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** What a field is called: by its last name, a number in a list being none; a link by whose page it leads to. */
function labelOf(parts: string[], profile: ProfileFields): string {
  const [first, second] = parts;
  if (first === "links") return sites[profile.links[Number(second)]?.kind ?? ""] ?? "Link";
  if (first === "skill_uses") return profile.skill_uses[Number(second)]?.skill.name ?? "Skill";
  const name = parts.findLast((part) => !/^\d+$/.test(part)) ?? "";
  return labels[name] ?? name.replaceAll("_", " ");
}

/** What a field says, in the words that the rest of the page has for it. */
function valueOf({ path, value }: DocumentField, parts: string[], label: string): string {
  const name = parts.at(-1);
  if (parts[0] === "skill_uses" && value.startsWith(`${label}: `)) return value.slice(label.length + 2);
  if (path === "/seniority") return seniorities[value as keyof typeof seniorities] ?? value;
  if (path === "/place/country") return country(value);
  if (name === "level") return languageLevel(value);
  if (name === "start" || name === "end" || name === "date") return month(value) ?? value;
  return value;
}

/** What stands above the fields of one thing: "Engineer · Papermill". */
function titleOf(parts: string[], profile: ProfileFields): string | null {
  const [list, number] = parts;
  if (number === undefined || parts.length < 3) return null;
  const index = Number(number);
  const titles: Record<string, () => string | null | undefined> = {
    work: () => joined(profile.work[index]?.title ?? null, profile.work[index]?.company ?? null),
    education: () => joined(profile.education[index]?.degree ?? null, profile.education[index]?.institution ?? null),
    languages: () => profile.languages[index]?.language,
    projects: () => profile.projects[index]?.name,
    certificates: () => profile.certificates[index]?.name,
    publications: () => profile.publications[index]?.name,
    awards: () => profile.awards[index]?.title,
  };
  return titles[list ?? ""]?.() || null;
}

function shown(field: DocumentField, profile: ProfileFields): ShownField {
  const parts = partsOf(field.path);
  const label = labelOf(parts, profile);
  const pages = [...new Set(field.spans.map(({ page }) => page))].filter((page) => page !== null);
  return {
    path: field.path,
    label,
    value: valueOf(field, parts, label),
    confidence: field.confidence,
    sureness: surenessOf(field.confidence),
    derivedFrom: field.derived_from,
    pages,
    located: field.spans.length > 0,
  };
}

/** What another field says already: the first of all addresses and numbers once more, and the kind of a link. */
function repeated(field: DocumentField, all: DocumentField[]): boolean {
  const [list, , name] = partsOf(field.path);
  if (list === "links") return name === "kind";
  if (list !== "emails" && list !== "phones") return false;
  const one = `/${list.slice(0, -1)}`;
  return all.some(({ path, value }) => path === one && value === field.value);
}

/** Whether a field is one of those that are read after the short ones: what was done, not where and when. */
function long({ path }: ShownField): boolean {
  return /\/(bullets|description)(\/|$)/.test(path);
}

/** What several fields are all derived from. */
function common(fields: ShownField[]): string | null {
  const [first = null, ...others] = [...new Set(fields.map(({ derivedFrom }) => derivedFrom))];
  return fields.length > 1 && others.length === 0 ? first : null;
}

function entriesOf(fields: DocumentField[], profile: ProfileFields): FieldEntry[] {
  const entries = new Map<string, FieldEntry>();
  for (const field of fields) {
    const parts = partsOf(field.path);
    // What has no name of its own within its list stands with its fellows, and so does a link.
    const key = parts.length < 3 || parts[0] === "links" ? "" : parts.slice(0, 2).join("/");
    const entry = entries.get(key) ?? { key, title: titleOf(parts, profile), derivedFrom: null, fields: [] };
    entry.fields.push(shown(field, profile));
    entries.set(key, entry);
  }
  return [...entries.values()].map((entry) => ({
    ...entry,
    fields: entry.fields.sort((one, next) => Number(long(one)) - Number(long(next))),
    derivedFrom: common(entry.fields),
  }));
}

/** All fields of a document, in the groups of the profile. A field that no group knows is in the last. */
export function groupsOf({ fields, profile }: Pick<ResumeDocument, "fields" | "profile">): FieldGroup[] {
  const kept = fields.filter((field) => field.value !== "" && !repeated(field, fields));
  const known = new Set(groups.flatMap(({ of }) => of));
  const first = (field: DocumentField) => partsOf(field.path)[0] ?? "";
  const found = groups.map(({ title, of, short = false }) => {
    const own = of.flatMap((name) => kept.filter((field) => first(field) === name));
    return { title, short, entries: entriesOf(own, profile) };
  });
  const rest = entriesOf(kept.filter((field) => !known.has(first(field))), profile);
  return [...found, { title: other, short: false, entries: rest }].filter(({ entries }) => entries.length > 0);
}

/** The same groups with only those fields that somebody should look at. */
export function unsureOnly(all: FieldGroup[]): FieldGroup[] {
  return all
    .map((group) => ({
      ...group,
      entries: group.entries
        .map((entry) => ({ ...entry, fields: entry.fields.filter(({ sureness }) => sureness === "check") }))
        .filter(({ fields }) => fields.length > 0),
    }))
    .filter(({ entries }) => entries.length > 0);
}

export function fieldsOf(all: FieldGroup[]): ShownField[] {
  return all.flatMap(({ entries }) => entries.flatMap(({ fields }) => fields));
}
