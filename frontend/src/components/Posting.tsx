import { Anchor, Badge, Group, Text, Tooltip } from "@mantine/core";
import type { PostingSummary } from "../api";
import { safeUrl } from "../format/url";
import { ago, exactTime, payInWords, seniorities, whereInWords } from "../format/words";
import { Icon } from "./Icon";

interface FactsProps {
  posting: PostingSummary;
  /** How far away it is, in words, where that was asked. */
  distance?: string | null;
}

/** Company, place, level and age in one line, pay where it is stated. */
export function PostingFacts({ posting, distance = null }: FactsProps) {
  const level = posting.seniority === null ? null : seniorities[posting.seniority];
  const where = whereInWords(posting);
  const pay = payInWords(posting.pay);
  return (
    <Group gap="4px 14px" fz="sm" c="dimmed">
      {posting.company !== null && (
        <Text span inherit fw={600} c="var(--mantine-color-text)">
          {posting.company}
        </Text>
      )}
      {where !== null && (
        <Group component="span" gap={5} wrap="nowrap">
          <Icon name="pin" size={15} />
          <span>{where}</span>
        </Group>
      )}
      {distance !== null && (
        <Text span inherit fw={600} c="var(--mantine-color-text)" className="numbers">
          {distance}
        </Text>
      )}
      {level !== null && <span>{level}</span>}
      {pay !== null && (
        <Text span inherit fw={600} c="var(--mantine-color-text)" className="numbers">
          {pay}
        </Text>
      )}
      {posting.posted_at !== null && (
        <time dateTime={posting.posted_at} title={exactTime(posting.posted_at)}>
          {ago(posting.posted_at)}
        </time>
      )}
    </Group>
  );
}

/** The credit a source asks for: a link that search engines may follow (no nofollow, and the referrer is sent). */
export function Attribution({ posting }: { posting: PostingSummary }) {
  const url = safeUrl(posting.url);
  return (
    <Group gap="xs" fz="xs" c="dimmed">
      {url === null ? (
        <span>{posting.attribution}</span>
      ) : (
        <Anchor href={url} target="_blank" rel="noopener" inherit c="dimmed" underline="always">
          {posting.attribution}
        </Anchor>
      )}
      {posting.sample && (
        <Tooltip label="A made-up posting from the bundled sample, not an open position">
          <Badge size="sm" color="yellow" variant="light" tabIndex={0}>
            Sample
          </Badge>
        </Tooltip>
      )}
    </Group>
  );
}
