import { Badge, Button, Group } from "@mantine/core";
import { useState } from "react";
import type { Skill } from "../api";
import classes from "./Skills.module.css";

type Kind = "matched" | "missing" | "plain";

const looks = {
  matched: { variant: "light", color: "teal" },
  missing: { variant: "light", color: "gray", className: classes.missing ?? "" },
  plain: { variant: "light", color: "gray" },
} as const;

const names = { matched: "Skills you have", missing: "Skills you lack", plain: "Skills" };

interface Props {
  kind: Kind;
  skills: Skill[];
  /** How many are shown before "more" is pressed. */
  limit?: number;
}

/** What the person has of a posting's skills, and what not, each on a line that says so. */
export function SkillLines({ matched, missing }: { matched: Skill[]; missing: Skill[] }) {
  const lines = [
    { kind: "matched", title: "You have", skills: matched, limit: 8 },
    { kind: "missing", title: "Missing", skills: missing, limit: 5 },
  ] as const;
  return lines
    .filter(({ skills }) => skills.length > 0)
    .map(({ kind, title, skills, limit }) => (
      <div key={kind} className={classes.line}>
        <span className={classes.name}>{title}</span>
        <Skills kind={kind} skills={skills} limit={limit} />
      </div>
    ));
}

/** Skills as badges: those the person has in green, missing ones outlined. */
export function Skills({ kind, skills, limit = 8 }: Props) {
  const [all, setAll] = useState(false);
  if (skills.length === 0) return null;
  const shown = all ? skills : skills.slice(0, limit);
  return (
    <Group gap={6} role="group" aria-label={names[kind]} component="div">
      {shown.map((skill) => (
        <Badge
          key={skill.id}
          {...looks[kind]}
          tt="none"
          fw={550}
          size="md"
          radius="sm"
          data-skill={kind}
        >
          {skill.name}
        </Badge>
      ))}
      {shown.length < skills.length && (
        <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setAll(true)}>
          {skills.length - shown.length} more
        </Button>
      )}
    </Group>
  );
}
