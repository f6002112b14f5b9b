import { Anchor, Badge, Divider, Drawer, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useGetSourceQuery } from "../../api";
import { problemOf } from "../../api/problem";
import { ProblemNotice } from "../../components/Notice";
import { safeUrl } from "../../format/url";
import { Ledgers } from "./Ledgers";
import { Secrets } from "./Secrets";
import { SourceBadge, SourceState } from "./SourceState";
import { SourceSwitch } from "./SourceSwitch";
import { limitsInWords, termsWords } from "./words";

interface Props {
  sourceId: string | null;
  administers: boolean;
  onClose: () => void;
}

function Details({ sourceId, administers }: { sourceId: string; administers: boolean }) {
  const { currentData: detail, error, refetch } = useGetSourceQuery({ sourceId }, { refetchOnMountOrArgChange: true });
  if (detail === undefined) {
    const problem = problemOf(error);
    return problem === null ? <Skeleton height={260} /> : <ProblemNotice problem={problem} onRetry={() => void refetch()} />;
  }
  const { source, limits, ledgers } = detail;
  const home = safeUrl(source.homepage);
  const terms = termsWords[source.terms];
  return (
    <Stack gap="lg">
      <Stack gap={6}>
        <Group gap="xs">
          <SourceBadge source={source} />
          <Badge color={terms.color} variant="light" tt="none">
            {terms.label}
          </Badge>
        </Group>
        <SourceState source={source} />
        {administers && <SourceSwitch source={source} />}
      </Stack>
      <Stack gap={4} component="section" aria-label="Conditions">
        <Title order={3} size="h4">
          Conditions
        </Title>
        <Text size="sm">{terms.words}</Text>
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {source.conditions}
        </Text>
        <Text size="sm" c="dimmed">
          Credit: {source.attribution}
          {home !== null && (
            <>
              {" · "}
              <Anchor href={home} target="_blank" rel="noopener" inherit underline="always">
                {new URL(home).hostname}
              </Anchor>
            </>
          )}
        </Text>
      </Stack>
      <Stack gap={4} component="section" aria-label="Limits">
        <Title order={3} size="h4">
          How it is asked
        </Title>
        {limitsInWords(limits).map((words) => (
          <Text key={words} size="sm">
            {words}
          </Text>
        ))}
      </Stack>
      {administers && source.secrets.length > 0 && (
        <>
          <Divider />
          <Secrets source={source} />
        </>
      )}
      <Divider />
      <Stack gap="sm" component="section" aria-label="Last collections">
        <Title order={3} size="h4">
          Last collections
        </Title>
        <Ledgers ledgers={ledgers} />
      </Stack>
    </Stack>
  );
}

/** All that is known of one source. */
export function SourceDrawer({ sourceId, name, administers, onClose }: Props & { name: string }) {
  return (
    <Drawer
      opened={sourceId !== null}
      onClose={onClose}
      title={name}
      position="right"
      size="lg"
      closeButtonProps={{ "aria-label": "Close the details" }}
    >
      {sourceId !== null && <Details key={sourceId} sourceId={sourceId} administers={administers} />}
    </Drawer>
  );
}
