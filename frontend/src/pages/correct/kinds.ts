import type { ProfileFields } from "../../api";
import { levels, rights } from "../../format/personWords";
import { sentence, span } from "../../format/words";

/** The lists of a profile that a person corrects. */
export type ListName =
  | "links"
  | "work"
  | "education"
  | "languages"
  | "certificates"
  | "projects"
  | "publications"
  | "awards"
  | "work_rights";

/** What a form holds of an entry; nothing is an empty text, and lines stand below each other in one text. */
export type Value = Record<string, string | boolean>;

/** One input of an entry. A hidden one is kept as it was until an input that clears it is changed. */
export interface Part {
  name: string;
  label: string;
  kind: "text" | "date" | "lines" | "long" | "check" | "choice" | "hidden";
  options?: Record<string, string>;
  clears?: string;
}

export interface Kind {
  title: string;
  /** One of them with its article: "a position". */
  one: string;
  parts: Part[];
  /** What an entry is called by, and what stands below that. */
  called: (value: Value) => string[];
}

const text = (name: string, label: string): Part => ({ name, label, kind: "text" });
const date = (name: string, label: string): Part => ({ name, label, kind: "date" });
const url = text("url", "Link");
const start = date("start", "From");
const end = date("end", "Until");

const words = (value: Value, ...names: string[]) => names.flatMap((name) => (typeof value[name] === "string" && value[name] !== "" ? value[name] : []));
const when = (value: Value) => span(words(value, "start")[0] ?? null, words(value, "end")[0] ?? words(value, "date")[0] ?? null, value.current === true);

const cefr = Object.fromEntries(["a1", "a2", "b1", "b2", "c1", "c2"].map((level) => [level, level.toUpperCase()]));

export const kinds: Record<ListName, Kind> = {
  links: { title: "Links", one: "a link", parts: [url], called: (value) => words(value, "url") },
  work: {
    title: "Work",
    one: "a position",
    parts: [
      text("title", "Title"),
      text("company", "Employer"),
      start,
      end,
      { name: "current", label: "I work there now", kind: "check", clears: "end" },
      text("place", "Where"),
      { name: "bullets", label: "What you did, a line for each", kind: "lines" },
    ],
    called: (value) => words(value, "title", "company"),
  },
  education: {
    title: "Education",
    one: "a course of study",
    parts: [text("institution", "School"), text("degree", "Degree"), text("area", "Subject"), text("score", "Grade"), start, end],
    called: (value) => words(value, "degree", "area", "institution"),
  },
  languages: {
    title: "Languages",
    one: "a language",
    parts: [
      text("language", "Language"),
      { name: "level", label: "How well", kind: "choice", options: { ...cefr, ...levels }, clears: "fluency" },
      { name: "fluency", label: "", kind: "hidden" },
    ],
    called: (value) => words(value, "language"),
  },
  certificates: {
    title: "Certificates",
    one: "a certificate",
    parts: [text("name", "Name"), text("issuer", "Given by"), date("date", "When"), url],
    called: (value) => words(value, "name", "issuer"),
  },
  projects: {
    title: "Projects",
    one: "a project",
    parts: [text("name", "Name"), url, start, end, { name: "description", label: "What it is", kind: "long" }],
    called: (value) => words(value, "name"),
  },
  publications: {
    title: "Publications",
    one: "a publication",
    parts: [text("name", "Title"), text("publisher", "Published by"), date("date", "When"), url],
    called: (value) => words(value, "name"),
  },
  awards: {
    title: "Awards",
    one: "an award",
    parts: [text("title", "Title"), text("awarder", "Given by"), date("date", "When")],
    called: (value) => words(value, "title", "awarder"),
  },
  work_rights: {
    title: "Right to work",
    one: "a statement",
    parts: [text("words", "In your words"), { name: "kind", label: "That is", kind: "choice", options: rights }],
    called: (value) => words(value, "words"),
  },
};

/** What an entry is called by: "Engineer, Papermill", with its dates apart. */
export function calledBy(name: ListName, value: Value): { title: string; when: string | null } {
  const kind = kinds[name];
  return { title: kind.called(value).join(", ") || `${sentence(kind.one).slice(0, -1)} without a name`, when: when(value) };
}

/** An entry of the profile as a form holds it. */
export function valueOf(name: ListName, entry: ProfileFields[ListName][number]): Value {
  const given = entry as unknown as Record<string, unknown>;
  return Object.fromEntries(
    kinds[name].parts.map(({ name: part, kind }) => {
      const said = given[part];
      if (kind === "check") return [part, said === true];
      return [part, Array.isArray(said) ? said.join("\n") : typeof said === "string" ? said : ""];
    }),
  );
}

export function blank(name: ListName): Value {
  return Object.fromEntries(kinds[name].parts.map(({ name: part, kind }) => [part, kind === "check" ? false : ""]));
}

/** An entry as the API takes it. */
export function sentOf(name: ListName, value: Value): Record<string, unknown> {
  return Object.fromEntries(
    kinds[name].parts.map(({ name: part, kind }) => {
      const said = value[part];
      if (typeof said !== "string") return [part, said];
      if (kind === "lines") return [part, said.split("\n").map((line) => line.trim()).filter((line) => line !== "")];
      return [part, (kind === "date" ? partialDate(said) : said.trim()) || null];
    }),
  );
}

/** "3/2021" and "03.2021" as the API takes them, 2021-03; what is no such date stays as it is, and the API says so. */
export function partialDate(typed: string): string {
  const said = typed.trim();
  const found = /^(\d{1,2})\s*[./-]\s*(\d{4})$/.exec(said) ?? null;
  if (found !== null) return `${found[2]}-${found[1]!.padStart(2, "0")}`;
  return said.replace(/^(\d{4})\s*[./-]\s*(\d{1,2})$/, (_, year: string, month: string) => `${year}-${month.padStart(2, "0")}`);
}
