import { Badge, Group, Loader, Text } from "@mantine/core";
import type { Source, SourceStatus } from "../../api";
import { ago, counted, exactTime, moment, sentence, statuses } from "../../format/words";

export function StatusBadge({ status }: { status: SourceStatus }) {
  const { label, color } = statuses[status];
  return (
    <Badge color={color} variant="light" tt="none" style={{ flex: "none" }}>
      {label}
    </Badge>
  );
}

/** Whether a source is on and only waits for its key. */
export function waitsForKey({ on, secrets, secrets_set }: Source): boolean {
  return on && secrets.some((name) => !secrets_set.includes(name));
}

/** Whether nobody asks a source before a time that is still to come. */
export function leftAlone(until: string | null | undefined): until is string {
  return until != null && Date.parse(until) > Date.now();
}

/** How a source fares, in a word. */
export function SourceBadge({ source }: { source: Source }) {
  if (!waitsForKey(source)) return <StatusBadge status={source.status} />;
  return (
    <Badge color="orange" variant="light" tt="none" style={{ flex: "none" }}>
      Waits for its key
    </Badge>
  );
}

interface Props {
  source: {
    postings: number;
    running: boolean;
    last_run_at: string | null;
    status: SourceStatus;
    reason: string | null;
    since: string | null;
    retry_at?: string | null;
  };
}

/** Whether the time of a status tells a person something: being well for long is no news. */
const timed: SourceStatus[] = ["blocked", "failing", "suspicious", "stale", "off"];

/** How a source fares, in words: what it holds, when it was read, and since when and why it is not well. */
export function SourceState({ source }: Props) {
  const { last_run_at, reason, since, status } = source;
  const retry = leftAlone(source.retry_at) ? source.retry_at : null;
  const told = since !== null && timed.includes(status);
  return (
    <>
      <Group gap={8} component="div">
        <Text size="sm" className="numbers">
          {counted(source.postings, "posting")}
          {last_run_at !== null && status !== "never" && (
            <Text span inherit c="dimmed">
              {" · "}
              <time dateTime={last_run_at} title={exactTime(last_run_at)}>
                last run {ago(last_run_at)}
              </time>
            </Text>
          )}
        </Text>
        {source.running && (
          <Group gap={6} fz="sm" c="dimmed">
            <Loader size={13} aria-hidden /> running now
          </Group>
        )}
      </Group>
      {(reason !== null || told || retry !== null) && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {reason !== null && sentence(reason)}
          {told && (
            <time dateTime={since} title={exactTime(since)}>
              {reason === null ? "Since" : " Since"} {moment(since)}.
            </time>
          )}
          {retry !== null && (
            <time dateTime={retry} title={exactTime(retry)}>
              {" "}
              Left alone until {moment(retry)}.
            </time>
          )}
        </Text>
      )}
    </>
  );
}
