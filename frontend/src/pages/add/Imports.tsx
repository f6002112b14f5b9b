import { Anchor, Badge, Button, Group, Loader, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { type FoundBoard, type Import, type ImportKind, useGetPostingQuery, useListImportsQuery } from "../../api";
import { problemOf } from "../../api/problem";
import { ProblemNotice } from "../../components/Notice";
import { readings } from "../../format/postingWords";
import { ago, counted, exactTime, sentence } from "../../format/words";
import classes from "./AddPage.module.css";

const askEvery = 1_500;
const kinds: Record<ImportKind, string> = { url: "Address", page: "Page", mail: "Mail", board: "Board search" };

function FoundPosting({ postingId }: { postingId: string }) {
  const { currentData, isError } = useGetPostingQuery({ postingId });
  if (isError) return <Text size="sm" c="dimmed">A posting that is no longer there</Text>;
  if (currentData === undefined) return <Skeleton height={14} width={220} my={4} />;
  return (
    <Anchor component={Link} to={`/postings/${encodeURIComponent(postingId)}`} size="sm" style={{ overflowWrap: "anywhere" }}>
      {currentData.title}
      {currentData.company !== null && ` · ${currentData.company}`}
    </Anchor>
  );
}

function Boards({ boards }: { boards: FoundBoard[] }) {
  return (
    <ul className={classes.found} aria-label="Boards that were found">
      {boards.map((board) => (
        <li key={board.source_id}>
          <Anchor component={Link} to={`/sources/companies?q=${encodeURIComponent(board.company)}`} size="sm">
            {board.company} · {board.system}
          </Anchor>
        </li>
      ))}
    </ul>
  );
}

/** What it is called: a mail by its own subject, a file by its name. */
function nameOf({ kind, url, subject, filename }: Import): string {
  if (url === null) return subject ?? filename ?? (kind === "mail" ? "A mail" : "A page");
  return kind !== "board" && URL.canParse(url) ? new URL(url).host + new URL(url).pathname : url;
}

function ImportRow({ one, fresh }: { one: Import; fresh: boolean }) {
  const [all, setAll] = useState(fresh);
  const found = one.posting_ids.length;
  return (
    <li aria-label={nameOf(one)} data-status={one.status}>
      <Group justify="space-between" gap="4px 12px" wrap="nowrap" align="flex-start">
        <Text fw={550} style={{ overflowWrap: "anywhere" }}>
          {nameOf(one)}
        </Text>
        {one.status === "pending" ? (
          <Group gap={6} wrap="nowrap" fz="sm" c="dimmed">
            <Loader size={13} aria-hidden /> Reading
          </Group>
        ) : (
          <Badge color={one.status === "done" ? "teal" : "red"} variant="light" tt="none" style={{ flex: "none" }}>
            {one.status === "done" ? "Read" : "Not read"}
          </Badge>
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {kinds[one.kind]}
        {one.sender !== null && <bdi>{` from ${one.sender}`}</bdi>} · <time dateTime={one.created_at} title={exactTime(one.created_at)}>{ago(one.created_at)}</time>
        {found > 0 && ` · ${counted(found, "posting")}`}
        {one.how !== null && `, ${readings[one.how]}`}
      </Text>
      {one.reason !== null && (
        <Text size="sm" mt={4} style={{ overflowWrap: "anywhere" }}>
          {sentence(one.reason)}
        </Text>
      )}
      {found > 0 && !all && (
        <Button size="compact-xs" variant="subtle" mt={4} ml={-8} onClick={() => setAll(true)}>
          Show {found === 1 ? "it" : "them"}
        </Button>
      )}
      {found > 0 && all && (
        <ul className={classes.found} aria-label="Postings that were found">
          {one.posting_ids.map((id) => (
            <li key={id}>
              <FoundPosting postingId={id} />
            </li>
          ))}
        </ul>
      )}
      {one.boards.length > 0 && <Boards boards={one.boards} />}
      {one.refusals.length > 0 && (
        <ul className={classes.notes} aria-label="What was left out">
          {one.refusals.map((words) => (
            <li key={words}>{sentence(words)}</li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** What became of the last imports. `begun` are those of this visit: their postings are shown at once. */
export function Imports({ begun, onEnded }: { begun: string[]; onEnded: () => void }) {
  const [every, setEvery] = useState(0);
  const { data, error, refetch } = useListImportsQuery(undefined, { pollingInterval: every });
  const imports = (data?.items ?? []).filter((one) => one.kind !== "board");
  const pending = imports.filter((one) => one.status === "pending").length;
  useEffect(() => setEvery(pending > 0 ? askEvery : 0), [pending]);
  const ended = imports.filter((one) => begun.includes(one.id) && one.status !== "pending").length;
  useEffect(() => {
    if (ended > 0) onEnded();
  }, [ended, onEnded]);

  // What becomes of it is told here, however far below it was brought in.
  const latest = begun.at(-1);
  const section = useRef<HTMLDivElement>(null);
  const listed = imports.some((one) => one.id === latest);
  useEffect(() => {
    if (!listed) return;
    section.current?.focus({ preventScroll: true });
    section.current?.scrollIntoView({ block: "start" });
  }, [latest, listed]);

  if (imports.length === 0) return <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />;
  return (
    <Stack component="section" gap="sm" aria-label="What you added" ref={section} tabIndex={-1} className={classes.told ?? ""}>
      <Title order={2}>What you added</Title>
      <Text role="status" style={{ position: "absolute", clipPath: "inset(50%)" }}>
        {begun.length > 0 && (pending > 0 ? "Reading" : `${counted(ended, "import")} ended`)}
      </Text>
      <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />
      <ul className={`card ${classes.rows}`}>
        {imports.slice(0, 20).map((one) => (
          <ImportRow key={one.id} one={one} fresh={begun.includes(one.id)} />
        ))}
      </ul>
    </Stack>
  );
}
