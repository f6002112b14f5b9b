import { Badge, Button, Group } from "@mantine/core";
import { useState } from "react";
import type { Skill } from "../api";

type Kind = "matched" | "missing" | "plain";

const looks = {
  matched: { variant: "light", color: "teal" },
  missing: { variant: "outline", color: "gray" },
  plain: { variant: "light", color: "gray" },
} as const;

const names = { matched: "Skills you have", missing: "Skills you lack", plain: "Skills" };

interface Props {
  kind: Kind;
  skills: Skill[];
  /** How many are shown before "more" is pressed. */
  limit?: number;
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
          c={kind === "missing" ? "dimmed" : undefined}
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
