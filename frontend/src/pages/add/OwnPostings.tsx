import { ActionIcon, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Link, useLocation } from "react-router";
import {
  type PostingSummary,
  useAllOwnPostingsInfiniteQuery,
  useDeleteOwnPostingMutation,
  useListImportsQuery,
} from "../../api";
import { problemOf } from "../../api/problem";
import { Confirm } from "../../components/Confirm";
import { Icon } from "../../components/Icon";
import { ProblemNotice } from "../../components/Notice";
import { Attribution, PostingFacts } from "../../components/Posting";
import classes from "./AddPage.module.css";

/** By when they were posted, as far as they are loaded; those that do not say it come last. */
function newestFirst(postings: PostingSummary[]): PostingSummary[] {
  return [...postings].sort((one, two) => (two.posted_at ?? "").localeCompare(one.posted_at ?? ""));
}

/** The postings that only this person has. */
export function OwnPostings() {
  const asked = useAllOwnPostingsInfiniteQuery(undefined, { refetchOnMountOrArgChange: true });
  const [doomed, setDoomed] = useState<PostingSummary | null>(null);
  const [remove, { isLoading, error, reset }] = useDeleteOwnPostingMutation();
  const postings = newestFirst(asked.data?.pages.flatMap((page) => page.items) ?? []);

  const section = useRef<HTMLDivElement>(null);
  const { hash } = useLocation();
  // What stands above takes its place first.
  const { isLoading: waits } = useListImportsQuery();
  const shown = postings.length > 0 && !waits;
  useEffect(() => {
    if (shown && hash === "#own") section.current?.scrollIntoView({ block: "start" });
  }, [shown, hash]);

  function close() {
    setDoomed(null);
    reset();
  }

  async function confirm(posting: PostingSummary) {
    const answer = await remove({ postingId: posting.id });
    if (answer.error === undefined) close();
  }

  if (postings.length === 0) {
    return <ProblemNotice problem={problemOf(asked.error)} onRetry={() => void asked.refetch()} />;
  }
  return (
    <Stack component="section" gap="sm" aria-label="Postings that only you have" ref={section} className={classes.told ?? ""}>
      <Title order={2}>Postings that only you have</Title>
      <ul className={`card ${classes.rows}`}>
        {postings.map((posting) => (
          <li key={posting.id} aria-label={posting.title}>
            <Group wrap="nowrap" justify="space-between" align="flex-start" gap="sm">
              <Stack gap={4} miw={0}>
                <Title order={3} size="h4" style={{ overflowWrap: "anywhere" }}>
                  <Link to={`/postings/${encodeURIComponent(posting.id)}`} className="plain">
                    {posting.title}
                  </Link>
                </Title>
                <PostingFacts posting={posting} />
                <Attribution posting={posting} />
              </Stack>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={`Delete ${posting.title}`}
                onClick={() => setDoomed(posting)}
              >
                <Icon name="trash" size={17} />
              </ActionIcon>
            </Group>
          </li>
        ))}
      </ul>
      {asked.hasNextPage && (
        <Button
          variant="default"
          loading={asked.isFetchingNextPage}
          onClick={() => void asked.fetchNextPage()}
          style={{ alignSelf: "center" }}
        >
          Load more
        </Button>
      )}
      <Confirm
        opened={doomed !== null}
        title="Delete this posting?"
        action="Delete"
        color="red"
        busy={isLoading}
        problem={problemOf(error)}
        onConfirm={() => doomed !== null && void confirm(doomed)}
        onClose={close}
      >
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          <strong>{doomed?.title}</strong>
          {doomed?.company != null && ` · ${doomed.company}`}
        </Text>
        <Text size="sm" c="dimmed">
          It leaves your matches, and cannot be brought back. You can add it again.
        </Text>
      </Confirm>
    </Stack>
  );
}
