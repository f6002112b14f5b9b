import { Accordion, ActionIcon, Alert, Button, Checkbox, Group, Modal, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { Link } from "react-router";
import {
  type OwnSource,
  useCreateOwnCollectionMutation,
  useDeleteOwnSourceMutation,
  useListOwnCollectionsQuery,
  useListOwnSourcesQuery,
} from "../../api";
import { problemOf } from "../../api/problem";
import { CardSkeletons } from "../../components/CardSkeletons";
import { Confirm } from "../../components/Confirm";
import { Icon } from "../../components/Icon";
import { LedgerBar } from "../../components/Ledger";
import { Empty, ProblemNotice } from "../../components/Notice";
import { CollectButton } from "./CollectButton";
import { askEvery, useWaiting } from "./collecting";
import { Ledgers } from "./Ledgers";
import { OwnSourceForm } from "./OwnSourceForm";
import classes from "./SourcesPage.module.css";
import { SourceState, StatusBadge } from "./SourceState";

function whence({ config }: OwnSource): string {
  if (config.kind === "board") return `Board of a company · ${config.system}: ${config.token}`;
  const host = URL.canParse(config.url) ? new URL(config.url).host : config.url;
  return `${config.kind === "feed" ? "Feed" : "API"} · ${host}`;
}

function History({ sourceId }: { sourceId: string }) {
  const { currentData, error, refetch } = useListOwnCollectionsQuery({ sourceId, limit: 10 });
  const problem = problemOf(error);
  if (currentData !== undefined) return <Ledgers ledgers={currentData.items} />;
  return problem === null ? <Skeleton height={120} /> : <ProblemNotice problem={problem} onRetry={() => void refetch()} />;
}

interface CardProps {
  source: OwnSource;
  waits: boolean;
  onAsk: (source: OwnSource) => void;
  onEdit: (source: OwnSource) => void;
}

function OwnCard({ source, waits, onAsk, onEdit }: CardProps) {
  const [collect, collecting] = useCreateOwnCollectionMutation();
  const [remove, removing] = useDeleteOwnSourceMutation();
  const [asks, { open, close }] = useDisclosure(false);
  const [history, setHistory] = useState<string | null>(null);
  const [postings, setPostings] = useState(true);

  async function ask() {
    const answer = await collect({ sourceId: source.id });
    if (answer.error === undefined) onAsk(source);
  }

  return (
    <li className="card" aria-label={source.name} data-source={source.id}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="sm">
        <Title order={2} size="h3" style={{ overflowWrap: "anywhere" }}>
          {source.name}
        </Title>
        <StatusBadge status={source.status} />
      </Group>
      <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {whence(source)}
      </Text>
      <SourceState source={source} />
      {source.counts !== null && <LedgerBar counts={source.counts} />}
      <ProblemNotice problem={problemOf(collecting.error)} />
      <Accordion variant="filled" chevronPosition="left" value={history} onChange={setHistory} mx={-16}>
        <Accordion.Item value="history">
          <Accordion.Control>
            <Text size="sm">Last collections</Text>
          </Accordion.Control>
          <Accordion.Panel>{history !== null && <History sourceId={source.id} />}</Accordion.Panel>
        </Accordion.Item>
      </Accordion>
      <Group justify="space-between" gap="xs" mt="auto">
        <Group gap={4}>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Change ${source.name}`} onClick={() => onEdit(source)}>
            <Icon name="edit" size={17} />
          </ActionIcon>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Delete ${source.name}`} onClick={open}>
            <Icon name="trash" size={17} />
          </ActionIcon>
        </Group>
        <CollectButton
          name={source.name}
          busy={collecting.isLoading || waits || source.running}
          onCollect={() => void ask()}
        />
      </Group>
      <Confirm
        opened={asks}
        title={`Delete ${source.name}?`}
        action="Delete"
        color="red"
        busy={removing.isLoading}
        problem={problemOf(removing.error)}
        onConfirm={() => void remove({ sourceId: source.id, postings })}
        onClose={close}
      >
        <Stack gap="md">
          <Text size="sm">It is read no more, and its secrets are forgotten.</Text>
          <Checkbox
            label="Delete the postings that it brought, too"
            description="Else they stay until you delete them one by one."
            checked={postings}
            onChange={(event) => setPostings(event.currentTarget.checked)}
          />
        </Stack>
      </Confirm>
    </li>
  );
}

/** The person's own sources. What they bring is this person's alone. */
export function OwnSources() {
  const [edited, setEdited] = useState<OwnSource | "new" | null>(null);
  const [busy, setBusy] = useState(0);
  const { data, error, isLoading, refetch, fulfilledTimeStamp } = useListOwnSourcesQuery(undefined, {
    pollingInterval: busy,
    skipPollingIfUnfocused: true,
    refetchOnMountOrArgChange: true,
  });
  const sources = data?.items;
  const { waits, wait, any } = useWaiting(sources, fulfilledTimeStamp);
  const every = any ? askEvery : sources?.some((source) => source.running) === true ? 5_000 : 0;
  if (every !== busy) setBusy(every);

  return (
    <Stack gap="md">
      <Group justify="space-between" gap="sm">
        <Text c="dimmed" style={{ flex: "1 1 20rem" }}>
          What these sources bring is yours alone: nobody else sees it, and it is ranked for you only.
        </Text>
        <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setEdited("new")}>
          Add a source
        </Button>
      </Group>
      <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />
      {isLoading && <CardSkeletons cards={2} />}
      {sources?.length === 0 && (
        <Empty icon="sources" title="No sources of your own yet">
          Add a feed, an API, or the board of a company that nobody collects yet.
          <Button component={Link} to="/sources/companies" variant="default">
            Look for a company
          </Button>
        </Empty>
      )}
      <ul className={classes.list}>
        {(sources ?? []).map((source) => (
          <OwnCard key={source.id} source={source} waits={waits(source.id)} onAsk={wait} onEdit={setEdited} />
        ))}
      </ul>
      {sources !== undefined && sources.length > 0 && (
        <Alert variant="light" color="gray">
          Whoever adds a source answers for what its terms ask.
        </Alert>
      )}
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={edited === "new" ? "Add a source of your own" : `Change ${edited?.name ?? ""}`}
        size="xl"
        closeButtonProps={{ "aria-label": "Close the form" }}
      >
        {edited !== null && <OwnSourceForm source={edited === "new" ? null : edited} onDone={() => setEdited(null)} />}
      </Modal>
    </Stack>
  );
}
