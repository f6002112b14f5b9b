import { Alert, Button, Group, Loader, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useCreateImportMutation, useGetImportQuery } from "../../api";
import { problemOf } from "../../api/problem";
import { Icon } from "../../components/Icon";
import { ProblemNotice } from "../../components/Notice";
import { sentence } from "../../format/words";
import { askEvery } from "./collecting";
import { BoardRow } from "./BoardRow";
import classes from "./SourcesPage.module.css";

interface Props {
  company: string;
  administers: boolean;
  isOwn: (sourceId: string) => boolean;
  isOn: (sourceId: string) => boolean;
}

/** Looks on a company's own pages, and at the systems, for the board that it uses. */
export function FindBoard({ company, administers, isOwn, isOn }: Props) {
  const [find, { data: asked, isLoading, error }] = useCreateImportMutation();
  const [pending, setPending] = useState(false);
  const { currentData: answer } = useGetImportQuery(
    { importId: asked?.id ?? "" },
    { skip: asked === undefined, pollingInterval: pending ? askEvery : 0 },
  );
  const now = answer ?? asked;
  useEffect(() => setPending(now?.status === "pending"), [now?.status]);

  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed" style={{ flex: "1 1 16rem" }}>
          Not in the list? Its own pages can be looked at, and the systems that companies use.
        </Text>
        <Button
          size="xs"
          variant="light"
          leftSection={<Icon name="search" size={15} />}
          loading={isLoading || now?.status === "pending"}
          onClick={() => void find({ importRequest: { kind: "board", url: company } })}
        >
          Find the board of “{company.length > 40 ? `${company.slice(0, 40)}…` : company}”
        </Button>
      </Group>
      <ProblemNotice problem={problemOf(error)} />
      {now?.status === "pending" && (
        <Group gap="xs" fz="sm" c="dimmed" role="status">
          <Loader size={14} aria-hidden /> Looking for the board of {now.url}
        </Group>
      )}
      {now?.status === "failed" && (
        <Alert variant="light" color="yellow" role="status" title="No board was found" icon={<Icon name="alert" />}>
          <Text size="sm">{sentence(now.reason ?? "nothing was found")}</Text>
          {now.refusals.length > 0 && (
            <ul className={classes.refusals}>
              {now.refusals.map((words) => (
                <li key={words}>{sentence(words)}</li>
              ))}
            </ul>
          )}
        </Alert>
      )}
      {now?.status === "done" && (
        <ul className={`card ${classes.rows}`} aria-label="Boards that were found">
          {now.boards.map((board) => (
            <BoardRow
              key={board.source_id}
              sourceId={board.source_id}
              company={board.company}
              system={board.system}
              on={isOn(board.source_id)}
              own={isOwn(board.source_id)}
              administers={administers}
            >
              {` · ${board.evidence}`}
            </BoardRow>
          ))}
        </ul>
      )}
    </Stack>
  );
}
