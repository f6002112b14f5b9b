import { Alert, Button, Chip, Group, Input, MultiSelect, NumberInput, Select, Stack, TagsInput, Text } from "@mantine/core";
import { type FormEvent, useMemo, useState } from "react";
import { type Preferences, useUpdatePreferencesMutation, type WorkMode } from "../api";
import { problemOf } from "../api/problem";
import { ProblemNotice } from "../components/Notice";
import { countryOptions } from "../format/countries";
import { workModes } from "../format/words";

const currencies = "USD EUR GBP CHF CAD AUD NZD SEK NOK DKK PLN CZK INR SGD HKD JPY KRW BRL MXN ZAR ILS AED".split(" ");

/** What the person wants; saving it ranks all postings anew. */
export function PreferencesForm({ preferences }: { preferences: Preferences }) {
  const [wanted, setWanted] = useState(preferences);
  const [update, { isLoading, isSuccess, error, reset }] = useUpdatePreferencesMutation();
  const countries = useMemo(countryOptions, []);
  const problem = problemOf(error);

  function want(change: Partial<Preferences>) {
    setWanted((now) => ({ ...now, ...change }));
    reset();
  }

  function save(event: FormEvent) {
    event.preventDefault();
    void update({ preferencesRequest: wanted });
  }

  return (
    <form onSubmit={save} aria-label="Preferences">
      <Stack gap="md">
        <TagsInput
          label="Titles"
          description="Press Enter after each"
          placeholder={wanted.titles.length === 0 ? "Any" : undefined}
          maxTags={20}
          value={wanted.titles}
          error={problem?.fields.titles}
          onChange={(titles) => want({ titles })}
        />
        <MultiSelect
          label="Countries"
          placeholder={wanted.countries.length === 0 ? "Any" : undefined}
          data={countries}
          searchable
          limit={40}
          maxValues={50}
          value={wanted.countries}
          onChange={(chosen) => want({ countries: chosen })}
        />
        <Input.Wrapper label="Work mode" labelElement="div">
          <Chip.Group multiple value={wanted.work_modes} onChange={(modes) => want({ work_modes: modes as WorkMode[] })}>
            <Group gap="xs" mt={6} role="group" aria-label="Work mode">
              {Object.entries(workModes).map(([mode, label]) => (
                <Chip key={mode} value={mode} variant="light">
                  {label}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Input.Wrapper>
        <Group align="flex-end" gap="sm" wrap="nowrap">
          <NumberInput
            label="Lowest pay per year"
            placeholder="Any"
            style={{ flex: 1 }}
            min={0}
            max={1e9}
            step={5_000}
            thousandSeparator=","
            allowNegative={false}
            value={wanted.pay_floor ?? ""}
            error={problem?.fields.pay_floor}
            onChange={(value) => want({ pay_floor: typeof value === "number" ? value : null })}
          />
          <Select
            aria-label="Currency"
            w={96}
            allowDeselect={false}
            searchable
            data={currencies.includes(wanted.pay_currency) ? currencies : [wanted.pay_currency, ...currencies]}
            value={wanted.pay_currency}
            onChange={(code) => want({ pay_currency: code ?? "USD" })}
          />
        </Group>
        <ProblemNotice problem={problem} />
        {isSuccess && (
          <Alert color="teal" variant="light" role="status">
            Saved. Postings are being ranked anew.
          </Alert>
        )}
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            What you leave empty does not count.
          </Text>
          <Button type="submit" loading={isLoading}>
            Save preferences
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
