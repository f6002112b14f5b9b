/** The address if a browser may open it, else null: postings come from outside, and `javascript:` is an address too. */
export function safeUrl(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  return ["http:", "https:"].includes(new URL(url).protocol) ? url : null;
}
