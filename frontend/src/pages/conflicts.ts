import type { Conflict, CorrectionsRequest, Profile, ProfileFields } from "../api";

type Field = keyof CorrectionsRequest & keyof ProfileFields;

/** A field of the profile as a correction says it: skills and places by name, entries without what is worked out. */
function asCorrected(field: Field, profile: ProfileFields): unknown {
  if (field === "skills") return profile.skills.map((skill) => skill.name);
  if (field === "place") return profile.place?.text ?? null;
  if (field === "links") return profile.links.map(({ url }) => ({ url }));
  if (field === "languages") return profile.languages.map(({ language, fluency, level }) => ({ language, fluency, level }));
  return profile[field];
}

/** What a chosen value changes of an entry. Words for a level go with the level, and an end says whether it has come. */
function chosen({ field, part }: Conflict, value: string): Record<string, unknown> {
  if (field === "languages" && part === "level") return { level: value, fluency: null };
  if (field === "work" && part === "end") {
    const current = value === "present";
    return { end: current ? null : value, current };
  }
  return { [part ?? ""]: value };
}

/** The corrections of a person who says which of the values is right: those of before, and this one. */
export function deciding({ profile, corrections }: Profile, conflict: Conflict, value: string): CorrectionsRequest {
  const before = corrections.map(({ field }) => [field, asCorrected(field as Field, profile)]);
  const { field, index } = conflict;
  if (index === null) return Object.fromEntries([...before, [field, value]]) as CorrectionsRequest;
  const entries = asCorrected(field as Field, profile) as Record<string, unknown>[];
  const mended = entries.map((entry, at) => (at === index ? { ...entry, ...chosen(conflict, value) } : entry));
  return Object.fromEntries([...before, [field, mended]]) as CorrectionsRequest;
}
