import { Anchor, Box, Button, Divider, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { lazy, type RefObject, Suspense, useEffect, useMemo, useRef } from "react";
import { Link, useLocation, useNavigate, useParams } from "react-router";
import {
  type Match,
  type PostingDetail,
  type PostingSkill,
  useGetPostingQuery,
  useListMatchesQuery,
  useListPostingSkillsQuery,
} from "../../api";
import { problemOf } from "../../api/problem";
import { CardSkeletons } from "../../components/CardSkeletons";
import { Icon } from "../../components/Icon";
import { Empty, ProblemNotice } from "../../components/Notice";
import { PageHead } from "../../components/PageHead";
import { PartReasons } from "../../components/Parts";
import { Attribution, PostingFacts } from "../../components/Posting";
import { ScoreRing } from "../../components/ScoreRing";
import { Skills } from "../../components/Skills";
import { cleanHtml } from "../../format/html";
import { safeUrl } from "../../format/url";
import { ago, exactTime } from "../../format/words";
import { AskedCard } from "./Asked";
import { Elsewhere } from "./Elsewhere";
import { History } from "./History";
import { Badges, ClosedBanner, GhostCard, LifeCard } from "./Life";
import { withMarks } from "./marks";
import { ReadByClaude } from "./ReadByClaude";
import { onlyRead } from "./readSkills";
import { ReadState } from "./ReadSkills";
import { show } from "./show";
import classes from "./PostingPage.module.css";

const PartsChart = lazy(() => import("../../components/PartsChart"));

function Why({ match }: { match: Match }) {
  return (
    <Stack className="card" p="lg" gap="md" component="section" aria-label="How it fits you">
      <Group wrap="nowrap">
        <ScoreRing score={match.score} size={84} />
        <div>
          <Title order={2}>How it fits you</Title>
          <Text size="sm" c="dimmed">
            The parts below add up to the score.
          </Text>
        </div>
      </Group>
      <Suspense fallback={<Skeleton height={230} />}>
        <Box aria-hidden="true">
          <PartsChart parts={match.parts} />
        </Box>
      </Suspense>
      <PartReasons parts={match.parts} />
      {match.matched_skills.length > 0 && (
        <div>
          <Text size="sm" fw={600} mb={6}>
            On your resume
          </Text>
          <Skills kind="matched" skills={match.matched_skills} limit={20} />
        </div>
      )}
      {match.missing_skills.length > 0 && (
        <div>
          <Text size="sm" fw={600} mb={6}>
            Not on your resume
          </Text>
          <Skills kind="missing" skills={match.missing_skills} limit={20} />
        </div>
      )}
    </Stack>
  );
}

function Head({ posting }: { posting: PostingDetail }) {
  // Nobody can apply for a made-up posting.
  const apply = posting.sample ? null : (safeUrl(posting.apply_url) ?? safeUrl(posting.url));
  return (
    <Stack gap="sm" mb="lg">
      <PostingFacts posting={posting} />
      <Badges posting={posting} />
      <ClosedBanner posting={posting} />
      <Group gap="md">
        {apply !== null && (
          <Button
            component="a"
            href={apply}
            target="_blank"
            rel="noopener"
            rightSection={<Icon name="open" size={16} />}
            // Open, but no invitation any more.
            variant={posting.life.closed_at === null ? "filled" : "default"}
          >
            Apply
          </Button>
        )}
        <Attribution posting={posting} />
      </Group>
    </Stack>
  );
}

interface DescriptionProps {
  posting: PostingDetail;
  read: PostingSkill[];
  text: RefObject<HTMLDivElement | null>;
}

function Description({ posting, read, text }: DescriptionProps) {
  const { description_html, description_text, skills } = posting;
  const html = useMemo(
    () => withMarks(cleanHtml(description_html), description_text, [...skills, ...read]),
    [description_html, description_text, skills, read],
  );
  return (
    <Stack
      className="card"
      p={{ base: "md", sm: "xl" }}
      gap="md"
      component="section"
      aria-label="Description"
    >
      {html === "" ? (
        <Text c="dimmed">The source gives no description. Read it where it was posted.</Text>
      ) : (
        // Sanitised by cleanHtml just above; withMarks adds elements of ours only.
        <div ref={text} tabIndex={-1} className={classes.text} dangerouslySetInnerHTML={{ __html: html }} />
      )}
      <Divider />
      <Text size="xs" c="dimmed">
        <span title={exactTime(posting.fetched_at)}>Read from its source {ago(posting.fetched_at)}</span>
      </Text>
    </Stack>
  );
}

/** Somebody who came from a search goes back to that search. */
function wayBack(state: unknown): { to: string; words: string } {
  const search = typeof state === "object" && state !== null && "search" in state ? state.search : null;
  if (typeof search === "string") return { to: `/search${search}`, words: "Back to the search" };
  return { to: "/", words: "Your matches" };
}

/** One posting with its text and how it fits. */
export function PostingPage() {
  const { postingId = "" } = useParams();
  const { state } = useLocation();
  const back = wayBack(state);
  const navigate = useNavigate();
  const text = useRef<HTMLDivElement>(null);
  const asked = useGetPostingQuery({ postingId }, { skip: postingId === "" });
  // Most postings are no match of a person, which is no fault: the list is asked, and has one or none.
  const { currentData: matches, error, isLoading } = useListMatchesQuery({ postingId });
  const match = matches?.items[0];
  const posting = asked.currentData;
  const problem = problemOf(asked.error);
  const shownAs = posting?.id;
  // Only of what is shown: a duplicate's text is another one.
  const close = useListPostingSkillsQuery({ postingId }, { skip: shownAs !== postingId || posting?.description_text === "" });
  const found = close.currentData;
  const read = useMemo(() => (posting === undefined || found === undefined ? [] : onlyRead(posting, found.items)), [posting, found]);
  useEffect(() => {
    // A duplicate is answered with the posting that stands for it: the address names that one.
    if (shownAs === undefined || shownAs === postingId) return;
    void navigate(`/postings/${encodeURIComponent(shownAs)}`, { replace: true, state });
  }, [shownAs, postingId, navigate, state]);
  if (problem?.status === 404) {
    return (
      <>
        <PageHead title="Posting not found" />
        <Empty icon="search" title="There is no such posting">
          It may have been deleted, or be another person’s own.
          <Button component={Link} to="/search">
            Search other postings
          </Button>
        </Empty>
      </>
    );
  }
  return (
    <>
      <Anchor component={Link} to={back.to} size="sm" mb="sm" display="inline-flex" style={{ alignItems: "center", gap: 4 }}>
        <Icon name="back" size={16} />
        {back.words}
      </Anchor>
      {posting === undefined ? (
        <>
          <ProblemNotice problem={problem} onRetry={() => void asked.refetch()} />
          {problem === null && <CardSkeletons cards={2} />}
        </>
      ) : (
        <>
          <PageHead title={posting.title} mb={6} />
          <Head posting={posting} />
          <div className={classes.columns}>
            <Description posting={posting} read={read} text={text} />
            <div className={classes.side}>
              <div className={classes.first}>
                {match !== undefined && <Why match={match} />}
                {isLoading && <CardSkeletons cards={1} ring />}
                {!isLoading && (
                  <AskedCard
                    posting={posting}
                    ranked={matches === undefined || match !== undefined}
                    read={read}
                    onShow={(spans) => show(text.current, posting.description_text, spans)}
                  >
                    <ReadState
                      waiting={close.isFetching && found === undefined}
                      failed={close.isError}
                      shown={read.length > 0}
                      onRetry={() => void close.refetch()}
                    />
                  </AskedCard>
                )}
                <ReadByClaude key={`${posting.id} read`} posting={posting} description={text} />
                <ProblemNotice problem={problemOf(error)} />
                <GhostCard evidence={posting.evidence} />
              </div>
              <div className={classes.then}>
                <Elsewhere key={`${posting.id} elsewhere`} posting={posting} />
                <LifeCard posting={posting} />
                {posting.life.versions + posting.life.reposts > 1 && (
                  <History key={`${posting.id} history`} postingId={posting.id} />
                )}
              </div>
            </div>
          </div>
        </>
      )}
    </>
  );
}
