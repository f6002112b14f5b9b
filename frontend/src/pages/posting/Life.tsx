import { Alert, Badge, Group, Stack, Text, Title } from "@mantine/core";
import type { Evidence, PostingDetail } from "../../api";
import { Icon } from "../../components/Icon";
import { closings, eligibilities } from "../../format/postingWords";
import { ago, country, counted, employmentTypes, exactTime, moment, sentence } from "../../format/words";
import classes from "./PostingPage.module.css";

/** That the posting is over, and why: nobody should write an application for nothing. */
export function ClosedBanner({ posting }: { posting: PostingDetail }) {
  const { closed_at, closed_reason } = posting.life;
  const past = posting.expires_at !== null && Date.parse(posting.expires_at) < Date.now();
  if (closed_at === null && !past) return null;
  return (
    <Alert
      color={closed_at === null ? "yellow" : "red"}
      variant="light"
      role="status"
      icon={<Icon name="alert" />}
      title={closed_at === null ? "This posting has probably closed" : "This posting is closed"}
      data-testid="closed"
    >
      {closed_at === null ? (
        "Its last day has passed, but its source still lists it."
      ) : (
        <>
          {sentence(closed_reason === null ? "it ended" : closings[closed_reason])}{" "}
          <time dateTime={closed_at} title={exactTime(closed_at)}>
            {ago(closed_at)}
          </time>
        </>
      )}
    </Alert>
  );
}

/** Employment, who may apply, from where, and whether only this person has the posting. */
export function Badges({ posting }: { posting: PostingDetail }) {
  const { employment_type: employment, eligibility, remote_countries: from } = posting;
  if (employment === null && eligibility.length === 0 && from.length === 0 && !posting.private) return null;
  return (
    <Group gap={6} role="group" aria-label="Conditions of the job">
      {posting.private && (
        <Badge color="cobalt" variant="light" tt="none" leftSection={<Icon name="lock" size={12} />}>
          Only you see this
        </Badge>
      )}
      {employment !== null && (
        <Badge color="gray" variant="light" tt="none">
          {employmentTypes[employment] ?? employment}
        </Badge>
      )}
      {from.length > 0 && (
        <Badge color="gray" variant="light" tt="none">
          Remote from {from.slice(0, 3).map(country).join(", ")}
          {from.length > 3 && ` and ${from.length - 3} more`}
        </Badge>
      )}
      {eligibility.map((one) => (
        <Badge key={one} color={eligibilities[one].color} variant="light" tt="none">
          {eligibilities[one].label}
        </Badge>
      ))}
    </Group>
  );
}

function Line({ name, date, words }: { name: string; date?: string | null; words?: string }) {
  if (date == null && words === undefined) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {words}
        {date != null && (
          <time dateTime={date} title={exactTime(date)}>
            {words === undefined ? "" : ", last "}
            {moment(date)}
          </time>
        )}
      </dd>
    </>
  );
}

/** What became of the posting since it was first seen. */
export function LifeCard({ posting }: { posting: PostingDetail }) {
  const { life } = posting;
  const changes = life.versions - 1;
  return (
    <Stack className="card" p="lg" gap="sm" component="section" aria-label="Life of this posting">
      <Title order={2} size="h3">
        Life of this posting
      </Title>
      <dl className={classes.life}>
        <Line name="First seen" date={life.first_seen_at} />
        <Line name="Last seen" date={life.last_seen_at} />
        {changes > 0 && <Line name="Changed" words={counted(changes, "time")} date={life.changed_at} />}
        {life.reposts > 0 && <Line name="Posted again" words={counted(life.reposts, "time")} />}
        <Line name="Closed" date={life.closed_at} />
        {life.closed_at === null && <Line name="Closes on" date={posting.expires_at} />}
      </dl>
    </Stack>
  );
}

/** What speaks against a real, open job. Reasons only: each may have a good explanation. */
export function GhostCard({ evidence }: { evidence: Evidence[] }) {
  if (evidence.length === 0) return null;
  return (
    <Stack className="card" p="lg" gap="sm" component="section" aria-label="Before you apply">
      <Title order={2} size="h3">
        Before you apply
      </Title>
      <ul className={classes.evidence}>
        {evidence.map(({ kind, text }) => (
          <li key={`${kind} ${text}`}>{text}</li>
        ))}
      </ul>
      <Text size="xs" c="dimmed">
        Signs that are worth a look, not a judgement: each can have a good reason.
      </Text>
    </Stack>
  );
}
