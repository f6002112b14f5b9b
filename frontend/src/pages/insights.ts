import type { Match } from "../api";

export interface Band {
  label: string;
  matches: number;
}

/** How many matches score 0 to 9, 10 to 19 and so on, from the lowest band in use to the highest. */
export function bands(matches: Match[]): Band[] {
  const counts = new Array<number>(10).fill(0);
  for (const { score } of matches) {
    const band = Math.max(0, Math.min(9, Math.floor(score / 10)));
    counts[band] = (counts[band] ?? 0) + 1;
  }
  const first = counts.findIndex((found) => found > 0);
  const last = counts.findLastIndex((found) => found > 0);
  if (first < 0) return [];
  return counts
    .map((found, band) => ({ label: `${band * 10}–${band === 9 ? 100 : band * 10 + 9}`, matches: found }))
    .slice(first, last + 1);
}

/** The skills that most of the matches ask for and the person lacks. */
export function mostMissed(matches: Match[], limit = 6): { id: string; name: string; matches: number }[] {
  const found = new Map<string, { id: string; name: string; matches: number }>();
  for (const match of matches) {
    for (const { id, name } of match.missing_skills) {
      const entry = found.get(id) ?? { id, name, matches: 0 };
      entry.matches += 1;
      found.set(id, entry);
    }
  }
  return [...found.values()]
    .sort((one, two) => two.matches - one.matches || one.name.localeCompare(two.name))
    .slice(0, limit);
}
