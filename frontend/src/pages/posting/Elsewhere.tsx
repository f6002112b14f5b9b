import { Anchor, Badge, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { type Appearance, type PostingDetail, useCreateSeparationMutation } from "../../api";
import { problemOf } from "../../api/problem";
import { Confirm } from "../../components/Confirm";
import { safeUrl } from "../../format/url";
import { counted, exactTime, moment } from "../../format/words";
import { useAdministers } from "../../session/rights";
import classes from "./PostingPage.module.css";

interface RowProps {
  one: Appearance;
  title: string;
  parted: boolean;
  onSeparate: (() => void) | null;
}

function Row({ one, title, parted, onSeparate }: RowProps) {
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
      {parted && (
        <Text size="xs" role="status" mt={4}>
          Noted: the next index shows it by itself.
        </Text>
      )}
      {!parted && onSeparate !== null && (
        <Button
          size="compact-xs"
          variant="subtle"
          ml={-8}
          aria-label={`Not the same job: ${one.source.name}`}
          onClick={onSeparate}
        >
          Not the same job
        </Button>
      )}
    </li>
  );
}

/** Where else the same job stands. */
export function Elsewhere({ posting }: { posting: PostingDetail }) {
  const administers = useAdministers();
  const [asked, setAsked] = useState<Appearance | null>(null);
  const [parted, setParted] = useState<string[]>([]);
  const [separate, { isLoading, error, reset }] = useCreateSeparationMutation();
  const others = posting.appearances.filter((one) => one.posting_id !== posting.id);
  if (others.length === 0) return null;

  function close() {
    setAsked(null);
    reset();
  }

  async function confirm({ posting_id }: Appearance) {
    const answer = await separate({ postingId: posting.id, separationRequest: { posting_id } });
    if (answer.error !== undefined) return;
    setParted((now) => [...now, posting_id]);
    close();
  }

  return (
    <Stack className="card" p="lg" gap="sm" component="section" aria-label="The same job elsewhere">
      <Title order={2} size="h3">
        The same job elsewhere
      </Title>
      <Text size="sm" c="dimmed">
        Found at {counted(others.length, "other place")}.
      </Text>
      <ul className={classes.elsewhere}>
        {others.map((one) => (
          <Row
            key={one.posting_id}
            one={one}
            title={posting.title}
            parted={parted.includes(one.posting_id)}
            onSeparate={administers && !posting.private ? () => setAsked(one) : null}
          />
        ))}
      </ul>
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
          Each is shown by itself to everybody from the next index on, and they are not joined again.
        </Text>
      </Confirm>
    </Stack>
  );
}
