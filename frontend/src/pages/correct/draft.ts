import type { CorrectionsRequest, Profile, Seniority } from "../../api";
import { blank, kinds, type ListName, sentOf, type Value, valueOf } from "./kinds";

/** An entry in the form. One that is deleted stays to be taken back until the form is saved. */
export interface Row {
  id: number;
  value: Value;
  deleted: boolean;
}

interface Plain {
  name: string;
  label: string;
  email: string;
  phone: string;
  place: string;
  summary: string;
  skills: string[];
  other_skills: string[];
  seniority: Seniority | null;
  years: number | null;
}

/** What can be corrected, as the form has it: nothing is an empty text. */
export type Draft = Plain & Record<ListName, Row[]>;
export type Field = keyof Draft;

const plain: (keyof Plain)[] = ["name", "label", "email", "phone", "place", "summary", "skills", "other_skills", "seniority", "years"];
export const listNames = Object.keys(kinds) as ListName[];

export function isList(field: Field): field is ListName {
  return field in kinds;
}

export function draftOf({ profile }: Profile): Draft {
  const rows = (name: ListName): Row[] =>
    profile[name].map((entry, id) => ({ id, value: valueOf(name, entry), deleted: false }));
  return {
    name: profile.name ?? "",
    label: profile.label ?? "",
    email: profile.email ?? "",
    phone: profile.phone ?? "",
    place: profile.place?.text ?? "",
    summary: profile.summary ?? "",
    skills: profile.skills.map((skill) => skill.name),
    other_skills: profile.other_skills,
    seniority: profile.seniority,
    years: profile.years,
    ...(Object.fromEntries(listNames.map((name) => [name, rows(name)])) as Record<ListName, Row[]>),
  };
}

/** The rows that are sent: the number of an entry in a fault of the API is its place among them. */
export function kept(rows: Row[]): Row[] {
  return rows.filter((row) => !row.deleted);
}

function said(draft: Draft, field: Field): unknown {
  if (isList(field)) return kept(draft[field]).map((row) => sentOf(field, row.value));
  return draft[field] === "" ? null : draft[field];
}

/** What the person says of themselves: what was corrected before and is kept, and what the form changed. */
export function correctionsOf(data: Profile, draft: Draft, takenBack: Field[]): CorrectionsRequest {
  const before = draftOf(data);
  const corrected = data.corrections.map(({ field }) => field);
  const changed = (field: Field) => JSON.stringify(said(draft, field)) !== JSON.stringify(said(before, field));
  const fields = [...plain, ...listNames].filter((field) => !takenBack.includes(field) && (corrected.includes(field) || changed(field)));
  return Object.fromEntries(fields.map((field) => [field, said(draft, field)]));
}

/** What is wrong with the entries of one list, by row and part. A row keeps its faults wherever it is moved. */
export type Faults = Record<number, Record<string, string>>;

/** What the API found wrong, "work.1.end", as faults of the rows that were sent; "work.1" is the entry's own. */
export function faultsOf(paths: Record<string, string>, draft: Draft): Partial<Record<ListName, Faults>> {
  const found: Partial<Record<ListName, Faults>> = {};
  for (const [path, words] of Object.entries(paths)) {
    const [name = "", at = "", ...part] = path.split(".");
    if (!isList(name as Field)) continue;
    const list = name as ListName;
    const row = kept(draft[list])[Number(at)];
    if (row === undefined) continue;
    const faults = (found[list] ??= {});
    faults[row.id] = { ...faults[row.id], [part.join(".")]: words };
  }
  return found;
}

export function added(name: ListName, rows: Row[]): Row {
  return { id: Math.max(-1, ...rows.map((row) => row.id)) + 1, value: blank(name), deleted: false };
}

/** The rows with one of them a step up or down among those that are kept. */
export function moved(rows: Row[], id: number, step: -1 | 1): Row[] {
  const at = rows.findIndex((row) => row.id === id);
  let to = at + step;
  while (rows[to]?.deleted === true) to += step;
  const row = rows[at];
  if (row === undefined || rows[to] === undefined) return rows;
  const others = rows.filter((one) => one.id !== id);
  return [...others.slice(0, to), row, ...others.slice(to)];
}
