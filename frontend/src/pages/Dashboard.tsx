import { Alert, Button, Group, Loader, Skeleton, Stack, Text, Title } from "@mantine/core";
import { lazy, Suspense } from "react";
import { Link } from "react-router";
import { type Match, type MatchPage, useAllMatchesInfiniteQuery } from "../api";
import { problemOf } from "../api/problem";
import { CardSkeletons } from "../components/CardSkeletons";
import { MatchCard } from "../components/MatchCard";
import { Empty, ProblemNotice } from "../components/Notice";
import { PageHead } from "../components/PageHead";
import { ago, count, counted, exactTime } from "../format/words";
import { DropZone } from "../upload/DropZone";
import { UploadProgress } from "../upload/Progress";
import { useAppSelector } from "../store";
import classes from "./Dashboard.module.css";
import { bands, mostMissed } from "./insights";

const ScoreChart = lazy(() => import("../components/ScoreChart"));

/** How often is asked while matches are ranked anew, in milliseconds. */
const askEvery = 2_000;

const how = [
  ["Your resume is read", "Skills, work, education and level become your profile. You can see all of it."],
  ["Every posting is ranked", "Each one gets up to 100 points for skills, title, experience, level, place and pay."],
  ["You see the reasons", "Which skills fit, which are missing, and what each part added to the score."],
] as const;

function Welcome() {
  const uploading = useAppSelector((state) => state.upload.step !== null);
  return (
    <>
      <PageHead
        title="Find the postings that fit you"
        tab="Matches"
        lead="Upload your resume. Every open posting is ranked against it, with the reasons for each score."
      />
      <div className={classes.columns}>
        {uploading ? <UploadProgress /> : <DropZone />}
        <Stack component="aside" className="card" p="lg" gap="md" aria-label="How it works">
          <Title order={2} size="h3">
            How it works
          </Title>
          <ol className={classes.how}>
            {how.map(([title, words]) => (
              <li key={title}>
                <strong>{title}</strong>
                <span>{words}</span>
              </li>
            ))}
          </ol>
        </Stack>
      </div>
    </>
  );
}

function Insights({ matches }: { matches: Match[] }) {
  const missed = mostMissed(matches);
  const most = missed[0]?.matches ?? 1;
  return (
    <aside className={classes.side} aria-label="Overview">
      <Stack className="card" p="lg" gap="sm">
        <Title order={2} size="h3">
          How your matches score
        </Title>
        <Suspense fallback={<Skeleton height={150} />}>
          <ScoreChart data={bands(matches)} />
        </Suspense>
        <Text size="xs" c="dimmed">
          {matches.length === 1 ? "The one match" : `The ${count(matches.length)} matches`} on this page, by score
        </Text>
      </Stack>
      {missed.length > 0 && (
        <Stack className="card" p="lg" gap="sm">
          <Title order={2} size="h3">
            Skills you miss most often
          </Title>
          {missed.map((skill) => (
            <div key={skill.id} className={classes.meter}>
              <Group justify="space-between" gap="xs">
                <span>{skill.name}</span>
                <Text span inherit c="dimmed">
                  {counted(skill.matches, "posting")}
                </Text>
              </Group>
              <i style={{ width: `${(skill.matches / most) * 100}%` }} />
            </div>
          ))}
          <Text size="xs" c="dimmed">
            Among the matches on this page
          </Text>
        </Stack>
      )}
    </aside>
  );
}

function Lead({ summary }: { summary: NonNullable<MatchPage["summary"]> }) {
  return (
    <>
      The best {count(summary.matches)} of {counted(summary.postings, "posting")}, best first ·{" "}
      <time dateTime={summary.matched_at} title={exactTime(summary.matched_at)}>
        ranked {ago(summary.matched_at)}
      </time>
    </>
  );
}

/** The ranked matches. */
export function Dashboard() {
  const asked = useAllMatchesInfiniteQuery(undefined, { refetchOnMountOrArgChange: true });
  const pages = asked.data?.pages ?? [];
  const stale = pages[0]?.stale ?? false;
  // A second subscription asks again while ranking goes on; it ends by itself with the last stale answer.
  useAllMatchesInfiniteQuery(undefined, { pollingInterval: stale ? askEvery : 0, skipPollingIfUnfocused: true });

  const summary = pages[0]?.summary ?? null;
  // Whoever has a profile has a summary, or waits for one.
  if (pages.length > 0 && summary === null && !stale) return <Welcome />;
  const matches = pages.flatMap((page) => page.items);
  return (
    <>
      <PageHead title="Your matches" tab="Matches" lead={summary === null || summary.matches === 0 ? undefined : <Lead summary={summary} />} />
      <Stack gap="md">
        {stale && (
          <Alert variant="light" role="status" icon={<Loader size={18} aria-hidden />} data-testid="ranking">
            Ranking every posting against your latest profile. New matches appear here by themselves.
          </Alert>
        )}
        <ProblemNotice
          problem={problemOf(asked.error)}
          onRetry={() => void asked.refetch()}
        />
        {asked.isLoading && (
          <div className={classes.columns}>
            <CardSkeletons ring />
            <Skeleton height={230} radius={14} visibleFrom="lg" />
          </div>
        )}
        {!asked.isLoading && !stale && !asked.isError && matches.length === 0 && (
          <Empty icon="matches" title="No matches yet">
            Postings are collected every few hours, and ranked as they come. You can also start a collection yourself.
            <Button component={Link} to="/sources">
              See the sources
            </Button>
          </Empty>
        )}
        {matches.length > 0 && (
          <div className={classes.columns}>
            <Stack gap="md" component="section" aria-label="Matches, best first">
              {matches.map((match, index) => (
                <MatchCard key={match.posting.id} match={match} rank={index + 1} />
              ))}
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
            </Stack>
            <Insights matches={matches} />
          </div>
        )}
      </Stack>
    </>
  );
}
