import { Button, Group, Loader, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { type RefObject, useEffect, useState } from "react";
import {
  type Point,
  type PostingDetail,
  type PostingReading,
  type Span,
  useCreateReadingMutation,
  useGetLanguageModelQuery,
  useGetReadingQuery,
} from "../../api";
import { problemOf } from "../../api/problem";
import classes from "./ReadByClaude.module.css";
import { show } from "./show";

const askEvery = 2_000;

const groups: { name: keyof PostingReading; title: string }[] = [
  { name: "summary", title: "In short" },
  { name: "must_have", title: "You need" },
  { name: "nice_to_have", title: "Nice to have" },
  { name: "seniority", title: "Level" },
  { name: "remote", title: "Where" },
  { name: "visa", title: "Visa and right to work" },
  { name: "benefits", title: "Benefits" },
];

function Points({ title, points, onShow }: { title: string; points: Point[]; onShow: (spans: Span[]) => void }) {
  return (
    <div role="group" aria-label={title}>
      <Text size="sm" fw={600} mb={4}>
        {title}
      </Text>
      <ul className={classes.points}>
        {points.map((point) => (
          <li key={`${point.text} ${point.spans[0]?.start}`}>
            <UnstyledButton className={classes.point} title="Show it in the description" onClick={() => onShow(point.spans)}>
              {point.text}
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface Props {
  posting: PostingDetail;
  /** The element that holds the description's text. */
  description: RefObject<HTMLElement | null>;
}

/** What Claude read in the posting; it is asked by itself where the person allows it. */
export function ReadByClaude({ posting, description }: Props) {
  const postingId = posting.id;
  const { data: model } = useGetLanguageModelQuery();
  const allowed = model?.available === true && model.allowed;
  const [waits, setWaits] = useState(false);
  const { currentData, error } = useGetReadingQuery(
    { postingId },
    { pollingInterval: waits ? askEvery : 0, skip: model?.available !== true, skipPollingIfUnfocused: true },
  );
  const [ask, asked] = useCreateReadingMutation();
  const waiting = currentData?.status === "waiting";
  if (waits !== waiting) setWaits(waiting);
  const unread = problemOf(error)?.status === 404 && posting.description_text !== "";
  const idle = asked.isUninitialized;
  useEffect(() => {
    if (allowed && unread && idle) void ask({ postingId });
  }, [allowed, unread, idle, ask, postingId]);
  const problem = problemOf(asked.error);
  const failed = currentData?.status === "failed" ? currentData.reason : (problem?.detail ?? null);
  const reading = currentData?.reading;
  if (failed !== null && !allowed) return null;
  if (reading === null || reading === undefined) {
    if (failed === null && !waiting) return null;
    return (
      <Group className="card" p="md" gap="sm" component="section" aria-label="Read by Claude">
        {failed === null && <Loader size="xs" aria-hidden />}
        <Text size="sm" c="dimmed" role="status" flex={1}>
          {failed ?? "Claude is reading this posting."}
        </Text>
        {failed !== null && (
          <Button size="compact-xs" variant="subtle" loading={asked.isLoading} onClick={() => void ask({ postingId })}>
            Try again
          </Button>
        )}
      </Group>
    );
  }
  const shown = groups.filter(({ name }) => reading[name].length > 0);
  const onShow = (spans: Span[]) => show(description.current, posting.description_text, spans);
  return (
    <Stack className="card" p="lg" gap="sm" component="section" aria-label="Read by Claude">
      <Title order={2}>Read by Claude</Title>
      {shown.length === 0 && <Text size="sm">It found nothing to point at.</Text>}
      {shown.map(({ name, title }) => (
        <Points key={name} title={title} points={reading[name]} onShow={onShow} />
      ))}
      <Text size="xs" c="dimmed">
        Everything here stands in the description: press it to see where.
      </Text>
    </Stack>
  );
}
