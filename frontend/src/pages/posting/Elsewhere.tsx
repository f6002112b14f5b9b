import { Anchor, Badge, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import {
  type Appearance,
  type PostingDetail,
  useCreateSeparationMutation,
  useDeleteSeparationMutation,
} from "../../api";
import { problemOf } from "../../api/problem";
import { Confirm } from "../../components/Confirm";
import { ProblemNotice } from "../../components/Notice";
import { safeUrl } from "../../format/url";
import { counted, exactTime, moment } from "../../format/words";
import { useAdministers } from "../../session/rights";
import classes from "./PostingPage.module.css";

interface RowProps {
  one: Appearance;
  title: string;
  /** What was said of it that shows with the next index. */
  noted: string | null;
  /** What an administrator may do about it. */
  action: { label: string; busy: boolean; run: () => void } | null;
}

function Row({ one, title, noted, action }: RowProps) {
  const url = safeUrl(one.url);
  return (
    <li aria-label={one.source.name}>
      <Group gap={8}>
        <Text fw={600} size="sm">
          {one.source.name}
        </Text>
        {one.closed_at !== null && (
          <Badge size="sm" color="gray" variant="light" tt="none">
            closed there
          </Badge>
        )}
      </Group>
      {one.title !== title && (
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {one.title}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {one.company !== null && `${one.company} · `}
        <time dateTime={one.first_seen_at} title={exactTime(one.first_seen_at)}>
          since {moment(one.first_seen_at)}
        </time>
        {" · "}
        {url === null ? (
          one.attribution
        ) : (
          // Followed, and with the referrer: what the sources' terms ask of a credit.
          <Anchor href={url} target="_blank" rel="noopener" inherit c="dimmed" underline="always">
            {one.attribution}
          </Anchor>
        )}
      </Text>
      {one.reasons.length > 0 && (
        <Text size="xs" c="dimmed">
          The same because: {one.reasons.join("; ")}
        </Text>
      )}
      {noted !== null && (
        <Text size="xs" role="status" mt={4}>
          {noted}
        </Text>
      )}
      {action !== null && (
        <Button
          size="compact-xs"
          variant="subtle"
          ml={-8}
          loading={action.busy}
          aria-label={`${action.label}: ${one.source.name}`}
          onClick={action.run}
        >
          {action.label}
        </Button>
      )}
    </li>
  );
}

/** Where else the same job stands, and, for administrators, what was taken apart from it. */
export function Elsewhere({ posting }: { posting: PostingDetail }) {
  const administers = useAdministers();
  const [asked, setAsked] = useState<Appearance | null>(null);
  const [rejoined, setRejoined] = useState<Appearance[]>([]);
  const [separate, { isLoading, error, reset }] = useCreateSeparationMutation();
  const [rejoin, rejoining] = useDeleteSeparationMutation();
  const others = posting.appearances.filter((one) => one.posting_id !== posting.id);
  const among = (list: Appearance[], { posting_id }: Appearance) => list.some((one) => one.posting_id === posting_id);
  const noMore = rejoined.filter((one) => !among(others, one) && !among(posting.separated, one));
  const apart = administers ? [...posting.separated.filter((one) => !among(others, one)), ...noMore] : [];
  if (others.length === 0 && apart.length === 0) return null;

  function close() {
    setAsked(null);
    reset();
  }

  async function confirm(one: Appearance) {
    const answer = await separate({ postingId: posting.id, separationRequest: { posting_id: one.posting_id } });
    if (answer.error !== undefined) return;
    setRejoined((now) => now.filter(({ posting_id }) => posting_id !== one.posting_id));
    close();
  }

  async function takeBack(one: Appearance) {
    const answer = await rejoin({ postingId: posting.id, otherId: one.posting_id });
    if (answer.error === undefined) setRejoined((now) => [...now, one]);
  }

  function row(one: Appearance) {
    const [parted, joined] = [among(posting.separated, one), among(others, one)];
    const busy = rejoining.isLoading && rejoining.originalArgs?.otherId === one.posting_id;
    const undo = { label: "The same job after all", busy, run: () => void takeBack(one) };
    const part = { label: "Not the same job", busy: false, run: () => setAsked(one) };
    const action = parted ? undo : joined ? part : null;
    const soon = parted
      ? "Noted: the next index shows it by itself."
      : "Noted: the next index joins it again, where the two are alike.";
    return (
      <Row
        key={one.posting_id}
        one={one}
        title={posting.title}
        noted={parted === joined ? soon : null}
        action={administers && !posting.private ? action : null}
      />
    );
  }

  return (
    <Stack className="card" p="lg" gap="sm" component="section" aria-label={others.length > 0 ? "The same job elsewhere" : "Taken apart"}>
      {others.length > 0 && (
        <>
          <Title order={2} size="h3">
            The same job elsewhere
          </Title>
          <Text size="sm" c="dimmed">
            Found at {counted(others.length, "other place")}.
          </Text>
          <ul className={classes.elsewhere}>{others.map(row)}</ul>
        </>
      )}
      {apart.length > 0 && (
        <>
          <Title order={2} size="h3">
            Taken apart
          </Title>
          <Text size="sm" c="dimmed">
            Somebody said that these are other jobs, so they are not joined with this one.
          </Text>
          <ul className={classes.elsewhere} aria-label="Taken apart">
            {apart.map(row)}
          </ul>
        </>
      )}
      <ProblemNotice problem={problemOf(rejoining.error)} />
      <Confirm
        opened={asked !== null}
        title="Not the same job?"
        action="Take them apart"
        busy={isLoading}
        problem={problemOf(error)}
        onConfirm={() => asked !== null && void confirm(asked)}
        onClose={close}
      >
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          <strong>{posting.title}</strong> here, and <strong>{asked?.title}</strong> at {asked?.source.name}.
        </Text>
        <Text size="sm" c="dimmed">
          Each is shown by itself to everybody from the next index on, and they are not joined again unless that is taken
          back here.
        </Text>
      </Confirm>
    </Stack>
  );
}
