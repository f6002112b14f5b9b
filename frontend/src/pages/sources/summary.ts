import type { Source, SourceStatus } from "../../api";
import { count, counted, moment } from "../../format/words";

/** Those in trouble first, those that were never asked last, and the largest first among equals. */
const order: SourceStatus[] = ["failing", "blocked", "suspicious", "stale", "ok", "never", "off"];
const troubles = { blocked: "blocked", failing: "failing", suspicious: "suspicious" } as const;

export function inOrder(sources: Source[]): Source[] {
  return [...sources].sort(
    (one, two) =>
      order.indexOf(one.status) - order.indexOf(two.status) ||
      two.postings - one.postings ||
      one.name.localeCompare(two.name),
  );
}

function sum(sources: Source[], of: (source: Source) => number | null | undefined): number {
  return sources.reduce((total, source) => total + (of(source) ?? 0), 0);
}

/** "412 seen, 96 duplicates of others, 3 refused; 2 sources blocked since 09:10". */
export function summaryOf(sources: Source[]): string {
  const duplicates = sum(sources, (source) => source.duplicates);
  const refused = sum(sources, (source) => source.counts?.refused);
  const seen = [
    `${count(sum(sources, (source) => source.counts?.seen))} seen`,
    duplicates > 0 ? `${counted(duplicates, "duplicate")} of others` : null,
    refused > 0 ? `${count(refused)} refused` : null,
  ];
  const trouble = Object.entries(troubles).flatMap(([status, word]) => {
    const hit = sources.filter((source) => source.status === status);
    const since = hit.flatMap((source) => source.since ?? []).sort()[0];
    if (hit.length === 0) return [];
    return [`${counted(hit.length, "source")} ${word}${since === undefined ? "" : ` since ${moment(since)}`}`];
  });
  return [seen.filter((part) => part !== null).join(", "), ...trouble].join("; ");
}

export interface SourceFilter {
  text: string;
  status: string | null;
  terms: string | null;
}

export function passes(source: Source, { text, status, terms }: SourceFilter): boolean {
  const words = text.trim().toLowerCase();
  return (
    (words === "" || `${source.name} ${source.id}`.toLowerCase().includes(words)) &&
    (status === null || source.status === status) &&
    (terms === null || source.terms === terms)
  );
}
