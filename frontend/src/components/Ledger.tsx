import type { CSSProperties } from "react";
import type { Counts } from "../api";
import { count } from "../format/words";
import classes from "./Ledger.module.css";

type Part = Exclude<keyof Counts, "seen">;

/** What becomes of a record, in the order in which it is shown, with its colour. */
export const ledgerParts: { name: Part; label: string; color: string }[] = [
  { name: "new", label: "new", color: "var(--part-place)" },
  { name: "changed", label: "changed", color: "var(--part-skills)" },
  { name: "unchanged", label: "unchanged", color: "var(--count-unchanged)" },
  { name: "duplicate", label: "twice in the list", color: "var(--part-title)" },
  { name: "refused", label: "refused", color: "var(--part-seniority)" },
  { name: "gone", label: "gone", color: "var(--part-pay)" },
];

/** What of a collection's records is drawn: those that are gone are no part of what was seen. */
export const ledgerBars = ledgerParts.filter(({ name }) => name !== "gone");

const coloured = (color: string, more: CSSProperties = {}) => ({ "--count": color, ...more }) as CSSProperties;

/** What one collection saw, as a bar and in numbers. */
export function LedgerBar({ counts }: { counts: Counts }) {
  const parts = ledgerParts.filter(({ name }) => counts[name] > 0);
  return (
    <div>
      <div className={classes.bar} aria-hidden="true">
        {ledgerBars
          .filter(({ name }) => counts[name] > 0)
          .map(({ name, color }) => (
            <i key={name} style={coloured(color, { flex: `${counts[name]} 1 0` })} />
          ))}
      </div>
      <ul className={classes.legend} aria-label="The last collection">
        <li>{count(counts.seen)} seen</li>
        {parts.map(({ name, label, color }) => (
          <li key={name}>
            <span className={classes.dot} style={coloured(color)} aria-hidden="true" />
            {count(counts[name])} {label}
          </li>
        ))}
      </ul>
    </div>
  );
}
