import type { ImportKind } from "../../api";
import { largestContent } from "./limits";

const kinds: Record<string, ImportKind> = { eml: "mail", html: "page", htm: "page" };

export const accepted = Object.keys(kinds)
  .map((ending) => `.${ending}`)
  .join(",");

/** What a file is by its name; null for one that is not read. */
export function kindOf(file: File): ImportKind | null {
  return kinds[file.name.toLowerCase().split(".").at(-1) ?? ""] ?? null;
}

/** Why a file need not be sent at all, in words; null where it may be. */
export function objection(file: File): string | null {
  if (file.size === 0) return `${file.name} is empty.`;
  if (file.size > largestContent) return `${file.name} is larger than 4 MB.`;
  if (kindOf(file) === null) return `${file.name} is not read: only mails (.eml) and saved pages (.html) are.`;
  return null;
}
