import { Button, Stack, Title, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { count, counted } from "../../format/words";
import classes from "./Search.module.css";

interface Props {
  title: string;
  counts: Record<string, number>;
  label: (value: string) => string;
  chosen: readonly string[];
  onToggle: (value: string) => void;
  /** The values in this order; by how many they are otherwise. */
  order?: readonly string[];
}

const shownFirst = 7;

/** The values of one filter, with how many postings each would leave. */
export function Facet({ title, counts, label, chosen, onToggle, order }: Props) {
  const [all, setAll] = useState(false);
  // Chosen values stay in sight, even where nothing is found with them.
  const entries = Object.entries({ ...Object.fromEntries(chosen.map((value) => [value, 0])), ...counts });
  const place = (value: string) => order?.indexOf(value) ?? 0;
  entries.sort(
    ([one, few], [two, many]) => place(one) - place(two) || many - few || label(one).localeCompare(label(two)),
  );
  const shown = entries.filter(([value], index) => all || index < shownFirst || chosen.includes(value));
  if (entries.length === 0) return null;
  return (
    <Stack gap={4} role="group" aria-label={title}>
      <Title order={2} size="h5" px={8}>
        {title}
      </Title>
      {shown.map(([value, found]) => (
        <UnstyledButton
          key={value}
          className={classes.facet}
          aria-pressed={chosen.includes(value)}
          onClick={() => onToggle(value)}
        >
          <span>{label(value)}</span>
          <span aria-hidden="true">{count(found)}</span>
          <VisuallyHidden>, {counted(found, "posting")}</VisuallyHidden>
        </UnstyledButton>
      ))}
      {shown.length < entries.length && (
        <Button size="compact-xs" variant="subtle" style={{ alignSelf: "flex-start" }} onClick={() => setAll(true)}>
          {entries.length - shown.length} more
        </Button>
      )}
    </Stack>
  );
}
