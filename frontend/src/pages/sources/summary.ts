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

/** From how many letters on a word may have a slip: of shorter ones too many are one letter apart. */
const slipFrom = 4;

/** Whether two words are the same but for one letter that is wrong, missing, one too many or changed places with the next. */
function apartByOne(typed: string, meant: string): boolean {
  let at = 0;
  while (at < typed.length && typed[at] === meant[at]) at += 1;
  const [own, other] = [typed.slice(at), meant.slice(at)];
  return (
    own.slice(1) === other.slice(1) ||
    own === other.slice(1) ||
    own.slice(1) === other ||
    (own.slice(2) === other.slice(2) && own[0] === other[1] && own[1] === other[0])
  );
}

/** Whether each word that was typed begins a word of the name, but for a slip. */
function nearlyNamed(name: string, typed: string): boolean {
  const words = name.split(/[^\p{L}\p{N}]+/u);
  const begins = (part: string) =>
    words.some(
      (word) =>
        word.startsWith(part) ||
        (part.length >= slipFrom && [-1, 0, 1].some((more) => apartByOne(part, word.slice(0, part.length + more)))),
    );
  return typed.split(/\s+/).every(begins);
}

/** The sources that a filter leaves. Where no name has what was typed, those whose names nearly have it. */
export function passing(sources: Source[], { text, status, terms }: SourceFilter): Source[] {
  const typed = text.trim().toLowerCase();
  const names = new Map(sources.map((source) => [source, `${source.name} ${source.id}`.toLowerCase()]));
  const having = sources.filter((source) => names.get(source)?.includes(typed));
  const named = having.length > 0 ? having : sources.filter((source) => nearlyNamed(names.get(source) ?? "", typed));
  return named.filter(
    (source) => (status === null || source.status === status) && (terms === null || source.terms === terms),
  );
}
