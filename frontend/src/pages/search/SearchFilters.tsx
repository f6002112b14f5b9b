import { Checkbox, NumberInput, Select, Stack, TagsInput, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useMemo, useState } from "react";
import type { PostingPage } from "../../api";
import { Icon } from "../../components/Icon";
import { countryOptions } from "../../format/countries";
import { count, country, employmentTypes, seniorities, workModes } from "../../format/words";
import { Facet } from "./Facet";
import { filtersOf, type ListName, type SingleName, usualKm } from "./filters";
import { ages, isArea, payFrom, placeAsRead } from "./labels";

interface Props {
  page: PostingPage | undefined;
  /** Whether the page is the answer to the address, not to the one before. */
  current: boolean;
  params: URLSearchParams;
  onChange: (name: SingleName, value: string | null) => void;
  onToggle: (name: ListName, value: string) => void;
  onList: (name: ListName, values: string[]) => void;
}

const distances = [10, 25, 50, 100, 200, 500];

/** The usual distances, and the one of the address, which may be any. */
function distancesWith(km: number): number[] {
  return [...new Set([...distances, km])].sort((one, two) => one - two);
}

/** What is being typed, told on after a pause, and what the address says as soon as that changes by other means. */
function useTyped(value: string, onChange: (value: string | null) => void) {
  const [typed, setTyped] = useState(value);
  const later = useDebouncedCallback((next: string) => onChange(next.trim() || null), 500);
  useEffect(() => setTyped(value), [value]);
  return {
    typed,
    type: (next: string) => {
      setTyped(next);
      later(next);
    },
    now: () => {
      later.cancel();
      onChange(typed.trim() || null);
    },
  };
}

/** What to do about a place that cannot be searched around. */
function unknownPlace(asked: string): string {
  return /remote|anywhere|home ?office|worldwide/i.test(asked)
    ? "For remote work, choose Remote under Work mode."
    : "This names no place that is known, or several: add its region or country.";
}

function Near({ page, current, params, onChange }: Pick<Props, "page" | "current" | "params" | "onChange">) {
  const asked = params.get("place") ?? "";
  const km = filtersOf(params).km ?? usualKm;
  const { typed, type, now } = useTyped(asked, (value) => onChange("place", value));
  const found = page?.place ?? null;
  const settled = page !== undefined && current && asked !== "" && typed.trim() === asked;
  return (
    <Stack gap={6} px={8}>
      <TextInput
        label="Place"
        placeholder="City or region"
        leftSection={<Icon name="pin" size={16} />}
        maxLength={200}
        value={typed}
        error={settled && found === null ? unknownPlace(asked) : undefined}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && now()}
      />
      {asked !== "" && (
        <>
          {settled && found !== null && (
            <Text size="xs" c="dimmed">
              Read as {placeAsRead(found)}
              {page.place_correction !== null && `, instead of “${page.place_correction.typed}”`}
            </Text>
          )}
          {!isArea(found) && (
            <Select
              size="xs"
              aria-label="Distance"
              allowDeselect={false}
              data={distancesWith(km).map((one) => ({ value: String(one), label: `Within ${one} km` }))}
              value={String(km)}
              onChange={(chosen) => onChange("km", chosen === String(usualKm) ? null : chosen)}
            />
          )}
        </>
      )}
    </Stack>
  );
}

function MinimumPay({ page, params, onChange }: Pick<Props, "page" | "params" | "onChange">) {
  const value = String(filtersOf(params).minPay ?? "");
  const { typed, type } = useTyped(value, (next) => onChange("min_pay", next));
  const bands = page?.facets.pay ?? {};
  const unknown = bands.unknown ?? 0;
  return (
    <Stack gap={8}>
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
        onChange={(next) => type(String(next))}
      />
      {value !== "" && (
        <Checkbox
          px={8}
          size="xs"
          label={`Also the ${count(unknown)} that state no pay`}
          checked={params.get("pay_unknown") === "true"}
          onChange={(event) => onChange("pay_unknown", event.currentTarget.checked ? "true" : null)}
        />
      )}
      <Facet
        title="Pay"
        counts={payFrom(bands)}
        label={(from) => `From $${Number(from) / 1000}K`}
        chosen={value === "" ? [] : [value].filter((from) => from in payFrom(bands))}
        onToggle={(from) => onChange("min_pay", from === value ? null : from)}
        order={["50000", "100000", "150000", "200000"]}
      />
    </Stack>
  );
}

function Further({ params, onChange, onList }: Pick<Props, "params" | "onChange" | "onList">) {
  const countries = useMemo(countryOptions, []);
  return (
    <Stack gap="sm" px={8}>
      <Select
        label="Remote from"
        description="Remote jobs that may be done there"
        placeholder="Any country"
        data={countries}
        searchable
        clearable
        limit={60}
        value={params.get("remote_from")}
        onChange={(value) => onChange("remote_from", value)}
      />
      <TagsInput
        label="Company"
        description="Press Enter after each"
        placeholder={params.has("company") ? undefined : "Any"}
        maxTags={20}
        maxLength={100}
        value={params.getAll("company")}
        onChange={(values) => onList("company", values)}
      />
    </Stack>
  );
}

function within(table: Record<string, string>): (value: string) => string {
  return (value) => table[value] ?? value;
}

/** The filters, with how many postings each choice would leave. */
export function SearchFilters({ page, current, params, onChange, onToggle, onList }: Props) {
  const facets: [ListName & keyof PostingPage["facets"], string, (value: string) => string][] = [
    ["work_mode", "Work mode", within(workModes)],
    ["seniority", "Level", within(seniorities)],
    ["employment_type", "Employment", within(employmentTypes)],
    ["country", "Country", country],
    ["skill", "Skill", (value) => page?.skills[value] ?? value],
    ["source", "Source", (value) => page?.sources[value] ?? value],
  ];
  const days = params.get("posted_within_days");
  return (
    <Stack gap="lg">
      <Near page={page} current={current} params={params} onChange={onChange} />
      <MinimumPay page={page} params={params} onChange={onChange} />
      <Facet
        title="Posted"
        counts={page?.facets.age ?? {}}
        label={(value) => ages[value] ?? `Last ${value} days`}
        chosen={days === null ? [] : [days]}
        onToggle={(value) => onChange("posted_within_days", value === days ? null : value)}
        order={["1", "7", "30", "90"]}
      />
      {facets.map(([name, title, label]) => (
        <Facet
          key={name}
          title={title}
          counts={page?.facets[name] ?? {}}
          label={label}
          chosen={params.getAll(name)}
          onToggle={(value) => onToggle(name, value)}
        />
      ))}
      <Further params={params} onChange={onChange} onList={onList} />
    </Stack>
  );
}
