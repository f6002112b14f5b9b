import { Anchor, Badge, Button, Group, Text, Title } from "@mantine/core";
import { type Source, useCreateCollectionMutation } from "../../api";
import { problemOf } from "../../api/problem";
import { LedgerBar } from "../../components/Ledger";
import { ProblemNotice } from "../../components/Notice";
import { safeUrl } from "../../format/url";
import { counted } from "../../format/words";
import { CollectButton } from "./CollectButton";
import classes from "./SourcesPage.module.css";
import { leftAlone, SourceBadge, SourceState } from "./SourceState";
import { SourceSwitch } from "./SourceSwitch";
import { termsWords } from "./words";

interface Props {
  source: Source;
  administers: boolean;
  waits: boolean;
  onAsk: (source: Source) => void;
  onDetails: (id: string) => void;
}

/** One source: how it fares, what its last collection saw, and what may be done with it. */
export function SourceCard({ source, administers, waits, onAsk, onDetails }: Props) {
  const [collect, { isLoading, error }] = useCreateCollectionMutation();
  const home = safeUrl(source.homepage);
  const terms = termsWords[source.terms];

  async function ask() {
    const answer = await collect({ sourceId: source.id });
    if (answer.error === undefined) onAsk(source);
  }

  return (
    <li className="card" aria-label={source.name} data-source={source.id}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
        <Title order={2} size="h3" style={{ overflowWrap: "anywhere" }}>
          {home === null ? (
            source.name
          ) : (
            <a className="plain" href={home} target="_blank" rel="noopener">
              {source.name}
            </a>
          )}
        </Title>
        <SourceBadge source={source} />
      </Group>
      <SourceState source={source} />
      {source.counts !== null && source.counts.seen > 0 && <LedgerBar counts={source.counts} />}
      {source.duplicates !== null && source.duplicates > 0 && (
        <Text size="xs" c="dimmed">
          {counted(source.duplicates, "posting")} the same job as another
        </Text>
      )}
      {source.terms !== "open" && (
        <Text size="xs" c="dimmed" lineClamp={3}>
          <Badge component="span" size="sm" color={terms.color} variant="light" tt="none" mr={6}>
            {terms.label}
          </Badge>
          {source.conditions}
        </Text>
      )}
      <ProblemNotice problem={problemOf(error)} />
      <div className={classes.end}>
        <Anchor {...(home === null ? {} : { href: home })} target="_blank" rel="noopener" size="xs" c="dimmed">
          {source.attribution}
        </Anchor>
        <Group justify="space-between" gap="sm">
          {administers && <SourceSwitch source={source} />}
          <Group gap={6} ml="auto" wrap="nowrap">
            <Button
              size="xs"
              variant="subtle"
              aria-label={`Details of ${source.name}`}
              onClick={() => onDetails(source.id)}
            >
              Details
            </Button>
            {source.status !== "off" && !leftAlone(source.retry_at) && (
              <CollectButton name={source.name} busy={isLoading || waits || source.running} onCollect={() => void ask()} />
            )}
          </Group>
        </Group>
      </div>
    </li>
  );
}
