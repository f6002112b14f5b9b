import { Button, NumberInput, Stack, Title, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";
import type { Facets } from "../api";
import { count, counted, country, seniorities, workModes } from "../format/words";
import type { FilterName } from "./filters";
import classes from "./Search.module.css";

interface Props {
  facets: Facets | undefined;
  params: URLSearchParams;
  sources: Record<string, string>;
  onChange: (name: FilterName, value: string | null) => void;
}

interface FacetProps {
  title: string;
  counts: Record<string, number>;
  label: (value: string) => string;
  chosen: string | null;
  onChoose: (value: string | null) => void;
}

const shownFirst = 7;

function Facet({ title, counts, label, chosen, onChoose }: FacetProps) {
  const [all, setAll] = useState(false);
  // The chosen value stays in sight, even where nothing is found with it.
  const entries = Object.entries(chosen === null || chosen in counts ? counts : { ...counts, [chosen]: 0 });
  entries.sort(([one, few], [two, many]) => many - few || label(one).localeCompare(label(two)));
  const shown = entries.filter(([value], index) => all || index < shownFirst || value === chosen);
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
          aria-pressed={value === chosen}
          onClick={() => onChoose(value === chosen ? null : value)}
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

function MinimumPay({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const [typed, setTyped] = useState<string | number>(value ?? "");
  const later = useDebouncedCallback((next: string | number) => onChange(next === "" ? null : String(next)), 500);
  useEffect(() => setTyped(value ?? ""), [value]);
  return (
    <NumberInput
      px={8}
      label="Minimum pay"
      description="US dollars per year"
      placeholder="Any"
      prefix="$"
      thousandSeparator=","
      min={0}
      max={1e9}
      step={10_000}
      allowDecimal={false}
      allowNegative={false}
      value={typed}
      onChange={(next) => {
        setTyped(next);
        later(next);
      }}
    />
  );
}

/** The filters, with how many postings each choice would leave. */
export function SearchFilters({ facets, params, sources, onChange }: Props) {
  const names: [FilterName & keyof Facets, string, (value: string) => string][] = [
    ["work_mode", "Work mode", (value) => (workModes as Record<string, string>)[value] ?? value],
    ["seniority", "Level", (value) => (seniorities as Record<string, string>)[value] ?? value],
    ["country", "Country", country],
    ["source", "Source", (value) => sources[value] ?? value],
  ];
  return (
    <Stack gap="lg">
      <MinimumPay value={params.get("min_pay")} onChange={(value) => onChange("min_pay", value)} />
      {names.map(([name, title, label]) => (
        <Facet
          key={name}
          title={title}
          counts={facets?.[name] ?? {}}
          label={label}
          chosen={params.get(name)}
          onChoose={(value) => onChange(name, value)}
        />
      ))}
    </Stack>
  );
}
