import { VisuallyHidden } from "@mantine/core";
import type { CSSProperties } from "react";
import type { MatchPart } from "../api";
import { partNames } from "../format/words";
import classes from "./Parts.module.css";

type Coloured = CSSProperties & { "--part": string };

function coloured(part: MatchPart, more: CSSProperties = {}): Coloured {
  return { "--part": `var(--part-${part.name})`, ...more };
}

function filled(part: MatchPart): string {
  return part.possible > 0 ? `${Math.min(100, (part.points / part.possible) * 100)}%` : "0%";
}

const short = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** All parts in one bar: each is as wide as what it can add, and as full as what it adds. */
export function PartsBar({ parts }: { parts: MatchPart[] }) {
  const shown = parts.filter((part) => part.possible > 0);
  return (
    <div>
      <div className={classes.bar} aria-hidden="true">
        {shown.map((part) => (
          <div
            key={part.name}
            className={`${classes.segment} ${part.known ? "" : classes.unknown}`}
            style={coloured(part, { flex: `${part.possible} 1 0` })}
          >
            <i style={{ width: filled(part) }} />
          </div>
        ))}
      </div>
      <ul className={classes.legend} aria-label="Parts of the score">
        {shown.map((part) => (
          <li key={part.name}>
            <span className={classes.dot} style={coloured(part)} aria-hidden="true" />
            {partNames[part.name]} <span className="numbers">{short.format(part.points)}</span>
            <VisuallyHidden> of {short.format(part.possible)} points</VisuallyHidden>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Each part with its points and the sentence that says why. */
export function PartReasons({ parts }: { parts: MatchPart[] }) {
  return (
    <ul className={classes.reasons} aria-label="Why this score">
      {parts.map((part) => (
        <li key={part.name} className={classes.reason}>
          <strong>{partNames[part.name]}</strong>
          <div
            className={`${classes.track} ${part.known ? "" : classes.unknown}`}
            style={coloured(part)}
            aria-hidden="true"
          >
            <i style={{ width: filled(part) }} />
          </div>
          <span className={classes.points}>
            {short.format(part.points)} <VisuallyHidden>of</VisuallyHidden>
            <span aria-hidden="true">/</span> {short.format(part.possible)}
          </span>
          <p>{part.reason}</p>
        </li>
      ))}
    </ul>
  );
}
