import { Group, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { type Source, useListSourcesQuery } from "../../api";
import { problemOf } from "../../api/problem";
import { CardSkeletons } from "../../components/CardSkeletons";
import { Icon } from "../../components/Icon";
import { Empty, ProblemNotice } from "../../components/Notice";
import { statuses } from "../../format/words";
import { useAdministers } from "../../session/rights";
import { askEvery, useWaiting } from "./collecting";
import { SourceCard } from "./SourceCard";
import { SourceDrawer } from "./SourceDrawer";
import classes from "./SourcesPage.module.css";
import { inOrder, passing, type SourceFilter, summaryOf } from "./summary";
import { termsWords } from "./words";

const runningEvery = 5_000;
/** From how many sources on filters help more than they are in the way. */
const many = 6;

function options(table: Record<string, { label: string }>, values: string[]) {
  return Object.entries(table)
    .filter(([value]) => values.includes(value))
    .map(([value, { label }]) => ({ value, label }));
}

function Filters({ sources, filter, onFilter }: { sources: Source[]; filter: SourceFilter; onFilter: (change: Partial<SourceFilter>) => void }) {
  return (
    <Group gap="sm" mb="md" role="search" aria-label="Filter the sources">
      <TextInput
        type="search"
        aria-label="Name of a source"
        placeholder="Name"
        leftSection={<Icon name="search" size={16} />}
        style={{ flex: "1 1 12rem" }}
        value={filter.text}
        onChange={(event) => onFilter({ text: event.currentTarget.value })}
      />
      <Select
        aria-label="State"
        placeholder="Any state"
        clearable
        w={170}
        data={options(statuses, sources.map((source) => source.status))}
        value={filter.status}
        onChange={(status) => onFilter({ status })}
      />
      <Select
        aria-label="Terms"
        placeholder="Any terms"
        clearable
        w={150}
        data={options(termsWords, sources.map((source) => source.terms))}
        value={filter.terms}
        onChange={(terms) => onFilter({ terms })}
      />
    </Group>
  );
}

/** Everybody's sources: boards, and those companies' boards that are in use. */
export function AllSources() {
  const [params, setParams] = useSearchParams();
  const [filter, setFilter] = useState<SourceFilter>({ text: "", status: null, terms: null });
  const [busy, setBusy] = useState<number>(0);
  const { data, error, isLoading, refetch, fulfilledTimeStamp } = useListSourcesQuery(undefined, {
    pollingInterval: busy,
    skipPollingIfUnfocused: true,
    refetchOnMountOrArgChange: true,
  });
  const administers = useAdministers();
  const sources = data?.items;
  const { waits, wait, any } = useWaiting(sources, fulfilledTimeStamp);
  const every = any ? askEvery : sources?.some((source) => source.running) === true ? runningEvery : 0;
  if (every !== busy) setBusy(every);

  const shown = passing(inOrder(sources ?? []), filter);
  const groups = [
    { title: "Boards", sources: shown.filter((source) => source.kind !== "company") },
    { title: "Companies", sources: shown.filter((source) => source.kind === "company") },
  ].filter((group) => group.sources.length > 0);
  const detail = params.get("source");

  function details(id: string | null) {
    setParams(id === null ? {} : { source: id }, { replace: id === null, preventScrollReset: true });
  }

  return (
    <Stack gap="md">
      {sources !== undefined && sources.length > 0 && (
        <Text role="status" className="numbers" data-testid="summary">
          {summaryOf(sources)}
        </Text>
      )}
      <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />
      {isLoading && <CardSkeletons cards={3} />}
      {sources?.length === 0 && (
        <Empty icon="sources" title="No sources">
          None is set up in this deployment.
        </Empty>
      )}
      {sources !== undefined && sources.length >= many && (
        <Filters sources={sources} filter={filter} onFilter={(change) => setFilter((now) => ({ ...now, ...change }))} />
      )}
      {sources !== undefined && sources.length > 0 && shown.length === 0 && (
        <Text c="dimmed">No source passes these filters.</Text>
      )}
      {groups.map((group) => (
        <section key={group.title} aria-label={group.title}>
          {groups.length > 1 && (
            <Title order={2} mb="sm" size="h4" c="dimmed">
              {group.title}
            </Title>
          )}
          <ul className={classes.list}>
            {group.sources.map((source) => (
              <SourceCard
                key={source.id}
                source={source}
                administers={administers}
                waits={waits(source.id)}
                onAsk={wait}
                onDetails={details}
              />
            ))}
          </ul>
        </section>
      ))}
      <SourceDrawer
        sourceId={detail}
        name={sources?.find((source) => source.id === detail)?.name ?? "Source"}
        administers={administers}
        onClose={() => details(null)}
      />
    </Stack>
  );
}
