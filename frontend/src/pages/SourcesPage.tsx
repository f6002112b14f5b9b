import { Anchor, Badge, Button, Group, Text, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import { type Source, useCreateCollectionMutation, useListSourcesQuery } from "../api";
import { problemOf } from "../api/problem";
import { CardSkeletons } from "../components/CardSkeletons";
import { Icon } from "../components/Icon";
import { Empty, ProblemNotice } from "../components/Notice";
import { PageHead } from "../components/PageHead";
import { safeUrl } from "../format/url";
import { ago, counted, exactTime, statuses } from "../format/words";
import classes from "./SourcesPage.module.css";

/** How often is asked while a collection runs, and when it is given up, in milliseconds. */
const askEvery = 1_500;
const patience = 180_000;

/** Collections that were asked for, with the time of the last run before: a later one ends the waiting. */
type Waiting = Record<string, { before: string | null; since: number }>;

function SourceCard({ source, waits, onAsk }: { source: Source; waits: boolean; onAsk: (source: Source) => void }) {
  const [collect, { isLoading, error }] = useCreateCollectionMutation();
  const home = safeUrl(source.homepage);
  const { label, color } = statuses[source.status];
  const closed = source.terms === "restricted" || source.status === "off";

  async function ask() {
    const answer = await collect({ sourceId: source.id });
    if (answer.error === undefined) onAsk(source);
  }

  return (
    <li className="card" aria-label={source.name} data-source={source.id}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
        <Title order={2} size="h3">
          {home === null ? (
            source.name
          ) : (
            <a className="plain" href={home} target="_blank" rel="noopener">
              {source.name}
            </a>
          )}
        </Title>
        <Badge color={color} variant="light" tt="none" style={{ flex: "none" }}>
          {label}
        </Badge>
      </Group>
      <Text size="sm" className="numbers">
        {counted(source.postings, "posting")}
        {source.last_run_at !== null && (
          <Text span inherit c="dimmed">
            {" · "}
            <time dateTime={source.last_run_at} title={exactTime(source.last_run_at)}>
              last run {ago(source.last_run_at)}
            </time>
          </Text>
        )}
      </Text>
      {source.reason !== null && (
        <Text size="sm" c="dimmed">
          {source.reason}
        </Text>
      )}
      <ProblemNotice problem={problemOf(error)} />
      <Group justify="space-between" className={classes.end ?? ""} gap="sm" wrap="nowrap">
        <Anchor href={home ?? undefined} target="_blank" rel="noopener" size="xs" c="dimmed">
          {source.attribution}
        </Anchor>
        {closed ? (
          <Text size="xs" c="dimmed">
            {source.terms === "key" ? "Needs a key" : "Not read: its terms do not allow it"}
          </Text>
        ) : (
          <Button
            size="xs"
            variant="light"
            style={{ flex: "none" }}
            loading={isLoading || waits}
            leftSection={<Icon name="refresh" size={15} />}
            aria-label={`Collect now from ${source.name}`}
            onClick={() => void ask()}
          >
            Collect now
          </Button>
        )}
      </Group>
    </li>
  );
}

/** Those in trouble first, those that were never asked last, and the largest first among equals. */
const order: Source["status"][] = ["failing", "blocked", "suspicious", "stale", "ok", "never", "off"];

function inOrder(sources: Source[]): Source[] {
  return [...sources].sort(
    (one, two) =>
      order.indexOf(one.status) - order.indexOf(two.status) ||
      two.postings - one.postings ||
      one.name.localeCompare(two.name),
  );
}

/** Where postings come from, and how each source fares. */
export function SourcesPage() {
  const [waiting, setWaiting] = useState<Waiting>({});
  const busy = Object.keys(waiting).length > 0;
  const asked = useListSourcesQuery(undefined, { pollingInterval: busy ? askEvery : 0 });
  const { data, error, isLoading, refetch, fulfilledTimeStamp } = asked;
  const sources = data?.items;

  useEffect(() => {
    setWaiting((now) => {
      const left = Object.entries(now).filter(([id, { before, since }]) => {
        const source = sources?.find((found) => found.id === id);
        return source?.last_run_at === before && Date.now() - since < patience;
      });
      return left.length === Object.keys(now).length ? now : Object.fromEntries(left);
    });
    // The time too: answers that say the same are the same object, and waiting must end all the same.
  }, [sources, fulfilledTimeStamp]);

  function wait({ id, last_run_at }: Source) {
    setWaiting((now) => ({ ...now, [id]: { before: last_run_at, since: Date.now() } }));
  }

  const total = sources?.reduce((sum, source) => sum + source.postings, 0) ?? 0;
  return (
    <>
      <PageHead
        title="Sources"
        lead={
          sources === undefined
            ? "Where postings come from."
            : `${counted(sources.length, "source")}, ${counted(total, "posting")}. Each is read politely, and credited with every posting.`
        }
      />
      <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />
      {isLoading && <CardSkeletons cards={3} />}
      {sources?.length === 0 && (
        <Empty icon="sources" title="No sources">
          None is set up in this deployment.
        </Empty>
      )}
      <ul className={classes.list}>
        {inOrder(sources ?? []).map((source) => (
          <SourceCard key={source.id} source={source} waits={source.id in waiting} onAsk={wait} />
        ))}
      </ul>
    </>
  );
}
