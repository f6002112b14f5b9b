/** Largest resume that is read, in bytes; the API says the same. */
export const largest = 10 * 1024 * 1024;

const types: Record<string, string> = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  odt: "application/vnd.oasis.opendocument.text",
  rtf: "application/rtf",
  txt: "text/plain",
  md: "text/markdown",
  htm: "text/html",
  html: "text/html",
  json: "application/json",
  zip: "application/zip",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  tif: "image/tiff",
  tiff: "image/tiff",
};

/** What is read, in words: a JSON file is a JSON Resume, a ZIP the archive that LinkedIn hands out. */
export const kindsInWords =
  "PDF, DOCX, ODT, RTF, HTML, Markdown, plain text, JSON Resume, LinkedIn's data export (ZIP), or a scan or photo (PNG, JPEG, WebP, TIFF)";

export const accepted = Object.keys(types)
  .map((ending) => `.${ending}`)
  .join(",");

/** The file's type by its name: browsers do not know every type, and the API checks the content anyway. */
export function contentType(filename: string): string | null {
  const ending = filename.toLowerCase().split(".").at(-1) ?? "";
  return types[ending] ?? null;
}

/** Why a file need not be sent at all, in words; null where it may be. */
export function objection(file: File): string | null {
  if (file.size === 0) return "This file is empty. Choose the file that holds your resume.";
  if (file.size > largest) return "This file is larger than 10 MB. Save it as a smaller PDF and try again.";
  if (contentType(file.name) === null) return `This type of file is not read. Use ${kindsInWords}.`;
  return null;
}
