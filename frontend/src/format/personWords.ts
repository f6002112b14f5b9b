/** What a statement about the right to work says. */
export const rights: Record<string, string> = {
  citizen: "Citizen",
  permanent_resident: "Permanent resident",
  permit: "Permit",
  authorized: "May work",
  needs_sponsorship: "Needs sponsorship",
};

/** How well a language is spoken, where that is said in words; levels of the CEFR are their own names. */
export const levels: Record<string, string> = {
  basic: "Basic",
  intermediate: "Intermediate",
  advanced: "Advanced",
  fluent: "Fluent",
  native: "Native",
};
