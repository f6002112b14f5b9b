import type { ClosedReason, Eligibility, Event, How } from "../api";
import { country, employmentTypes, seniorities, workModes } from "./words";

/** What a posting says about who may apply. */
export const eligibilities: Record<Eligibility, { label: string; color: string }> = {
  visa_offered: { label: "Sponsors a visa", color: "teal" },
  relocation_offered: { label: "Helps with moving", color: "teal" },
  visa_refused: { label: "No visa sponsorship", color: "orange" },
  work_permit_required: { label: "Work permit needed", color: "orange" },
  citizenship_required: { label: "Citizenship needed", color: "orange" },
  clearance_required: { label: "Security clearance needed", color: "orange" },
};

/** How a posting came to its end, as the rest of "This posting is closed: …". */
export const closings: Record<ClosedReason, string> = {
  not_listed: "its source no longer lists it",
  gone: "its page is gone",
  no_longer_accepting: "it takes no more applications",
  expired: "its last day has passed",
  unseen: "its source has not shown it for a long time",
};

export const events: Record<Event, string> = { changed: "Changed", closed: "Closed", reopened: "Posted again" };

/** By what an import was read. */
export const readings: Record<How, string> = {
  structured: "read from the page's own job data",
  system: "read from the company's job system",
  layout: "read from the page's layout",
  language_model: "read by Claude, and checked against the page",
  mail: "read from the mail",
};

const fieldNames: Record<string, string> = {
  title: "Title",
  company: "Company",
  places: "Places",
  work_mode: "Work mode",
  remote_countries: "Remote from",
  pay: "Pay",
  seniority: "Level",
  employment_type: "Employment",
  eligibility: "Who may apply",
  apply_url: "Where to apply",
  posted_at: "Posted on",
  expires_at: "Closes on",
};

export function fieldName(field: string): string {
  return fieldNames[field] ?? field;
}

/** A field's value in words, as the history shows it. */
export function fieldValue(field: string, value: string | null): string {
  if (value === null) return "not stated";
  const tables: Record<string, Record<string, string>> = {
    work_mode: workModes,
    seniority: seniorities,
    employment_type: employmentTypes,
  };
  const listed = value.split(", ");
  if (field === "remote_countries") return listed.map(country).join(", ");
  if (field === "eligibility") return listed.map((one) => eligibilities[one as Eligibility]?.label ?? one).join(", ");
  return tables[field]?.[value] ?? value;
}
