import { largestContent } from "./limits";

/** A page as the bookmarklet took it. Its address is what the bookmarklet says: nothing vouches for it. */
export interface CapturedPage {
  url: string | null;
  html: Blob;
}

/** The packed page, or null where it is none, or unpacks to more than may be sent. */
export async function unpack(fragment: string): Promise<CapturedPage | null> {
  const parts = new URLSearchParams(fragment);
  const url = parts.get("url");
  try {
    const packed = atob((parts.get("page") ?? "").replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(packed, (sign) => sign.charCodeAt(0));
    const html = await inflated(bytes);
    const web = url !== null && /^https?:/i.test(url) && URL.canParse(url) && url.length <= 2_000;
    return html === null ? null : { url: web ? url : null, html };
  } catch {
    // Cut off, or made by something else.
    return null;
  }
}

async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<Blob | null> {
  const reader = new Response(bytes).body?.pipeThrough(new DecompressionStream("gzip")).getReader();
  if (reader === undefined) return null;
  const read: BlobPart[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return size === 0 ? null : new Blob(read);
    size += value.byteLength;
    // A few bytes can be made to unpack to any size.
    if (size > largestContent) return reader.cancel().then(() => null);
    read.push(value);
  }
}
