import type { Box, DocumentField, DocumentSpan, ResumeDocument } from "../../api";

/** A rectangle of a page, and the fields that were read there. */
export interface Place {
  key: string;
  page: number;
  box: Box;
  paths: string[];
}

/** A piece of the text, and the fields that were read from it: the ones with the fewest letters first. */
export interface Piece {
  start: number;
  text: string;
  paths: string[];
}

const area = ({ x0, y0, x1, y1 }: Box) => (x1 - x0) * (y1 - y0);

/** Boxes that differ by less than a thousandth of the page are one. */
const rounded = ({ x0, y0, x1, y1 }: Box) => [x0, y0, x1, y1].map((share) => share.toFixed(3)).join(" ");

/** Where a span stands: its own box, or those of the lines that it is part of. */
function boxesOf(span: DocumentSpan, lines: DocumentSpan[]): { page: number; box: Box }[] {
  const from = span.box === null ? lines.filter(({ start, end }) => start < span.end && span.start < end) : [span];
  return from.flatMap(({ page, box }) => (page === null || box === null ? [] : [{ page, box }]));
}

/** Where on the pages the fields with these paths were read. Small places come after the large ones that they lie in. */
export function placesOf({ fields, lines }: Pick<ResumeDocument, "fields" | "lines">, paths: Set<string>): Place[] {
  const places = new Map<string, Place>();
  for (const field of fields) {
    if (!paths.has(field.path)) continue;
    for (const span of field.spans) {
      for (const { page, box } of boxesOf(span, lines)) {
        const key = `${page} ${rounded(box)}`;
        const place = places.get(key) ?? { key, page, box, paths: [] };
        if (!place.paths.includes(field.path)) place.paths.push(field.path);
        places.set(key, place);
      }
    }
  }
  return [...places.values()].sort((one, next) => area(next.box) - area(one.box));
}

/** The text in pieces, cut wherever a field begins or ends. Spans count code points, as Python does. */
export function piecesOf(text: string, fields: DocumentField[], paths: Set<string>): Piece[] {
  const letters = Array.from(text);
  const spans = fields
    .filter(({ path }) => paths.has(path))
    .flatMap(({ path, spans: own }) => own.map(({ start, end }) => ({ path, start, end: Math.min(end, letters.length) })))
    .filter(({ start, end }) => start < end)
    .sort((one, next) => one.end - one.start - (next.end - next.start));
  const cuts = [...new Set([0, ...spans.flatMap(({ start, end }) => [start, end]), letters.length])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1] ?? letters.length;
    const over = spans.filter((span) => span.start <= start && end <= span.end);
    return { start, text: letters.slice(start, end).join(""), paths: [...new Set(over.map(({ path }) => path))] };
  });
}
