import { Badge, Box, Button, Drawer, Group, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedCallback, useDisclosure } from "@mantine/hooks";
import { useEffect, useMemo, useState } from "react";
import { Link, useLocation, useSearchParams } from "react-router";
import { type PostingSummary, useAllPostingsInfiniteQuery, useListSourcesQuery } from "../api";
import { problemOf } from "../api/problem";
import { CardSkeletons } from "../components/CardSkeletons";
import { Icon } from "../components/Icon";
import { Empty, ProblemNotice } from "../components/Notice";
import { PageHead } from "../components/PageHead";
import { Attribution, PostingFacts } from "../components/Posting";
import { Skills } from "../components/Skills";
import { counted } from "../format/words";
import { changed, cleared, type FilterName, filterNames, filtersOf } from "./filters";
import classes from "./Search.module.css";
import { SearchFilters } from "./SearchFilters";

function PostingCard({ posting }: { posting: PostingSummary }) {
  const { search } = useLocation();
  return (
    <Stack component="article" className="card" p={{ base: "md", sm: "lg" }} gap="sm" aria-label={posting.title}>
      <Title order={2} size="h3" style={{ overflowWrap: "anywhere" }}>
        <Link to={`/postings/${encodeURIComponent(posting.id)}`} state={{ search }} className="plain">
          {posting.title}
        </Link>
      </Title>
      <PostingFacts posting={posting} />
      <Skills kind="plain" skills={posting.skills} />
      <Attribution posting={posting} />
    </Stack>
  );
}

function Query({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const later = useDebouncedCallback(onChange, 350);
  // The address may change by other means: the back button, or a link.
  useEffect(() => setTyped(value), [value]);
  return (
    <TextInput
      size="md"
      type="search"
      aria-label="Search postings"
      placeholder="Title, company, skill …"
      leftSection={<Icon name="search" size={18} />}
      maxLength={300}
      value={typed}
      style={{ flex: 1 }}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        later(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter") return;
        later.cancel();
        onChange(typed);
      }}
    />
  );
}

/** Searching all postings. All of its state is in the address, so that a search can be kept and shared. */
export function Search() {
  const [params, setParams] = useSearchParams();
  const [drawer, { open, close }] = useDisclosure(false);
  const asked = useAllPostingsInfiniteQuery(filtersOf(params));
  const { data: sourceList } = useListSourcesQuery();
  const sources = useMemo(
    () => Object.fromEntries((sourceList?.items ?? []).map(({ id, name }) => [id, name])),
    [sourceList],
  );
  // What was found before stays in sight, faded, while the next answer is on its way.
  const pages = (asked.currentData ?? asked.data)?.pages ?? [];
  const postings = pages.flatMap((page) => page.items);
  const total = pages[0]?.total ?? 0;
  const approximate = pages[0]?.approximate ?? false;
  const active = filterNames.filter((name) => name !== "q" && params.has(name)).length;

  function change(name: FilterName | "sort", value: string | null) {
    // Typing must not fill the history with every letter.
    setParams((now) => changed(now, name, value), { replace: name === "q", preventScrollReset: true });
  }

  const filters = <SearchFilters facets={pages[0]?.facets} params={params} sources={sources} onChange={change} />;
  return (
    <>
      <PageHead title="Search postings" tab="Search" />
      <div className={classes.columns}>
        <Box component="aside" className={classes.side ?? ""} aria-label="Filters">
          {filters}
        </Box>
        <Stack gap="md" miw={0}>
          <Group gap="sm" wrap="nowrap" role="search">
            <Query value={params.get("q") ?? ""} onChange={(value) => change("q", value)} />
            <Button
              className={classes.narrow ?? ""}
              size="md"
              variant="default"
              px="sm"
              onClick={open}
              aria-label={active > 0 ? `Filters, ${active} in use` : "Filters"}
            >
              <Icon name="filter" />
              {active > 0 && (
                <Badge size="sm" circle ml={6}>
                  {active}
                </Badge>
              )}
            </Button>
          </Group>
          <Group justify="space-between" gap="xs">
            <Text c="dimmed" size="sm" role="status">
              {asked.isLoading && "Searching"}
              {pages.length > 0 && `${counted(total, "posting")} found`}
              {approximate && " with words like yours; none has exactly these"}
            </Text>
            <Group gap="xs">
              {active > 0 && (
                <Button size="compact-sm" variant="subtle" onClick={() => setParams(cleared(params))}>
                  Clear filters
                </Button>
              )}
              <Select
                size="xs"
                w={150}
                aria-label="Order"
                allowDeselect={false}
                data={[
                  { value: "relevance", label: "Most relevant" },
                  { value: "newest", label: "Newest first" },
                ]}
                value={params.get("sort") === "newest" ? "newest" : "relevance"}
                onChange={(value) => change("sort", value === "newest" ? value : null)}
              />
            </Group>
          </Group>
          <ProblemNotice problem={problemOf(asked.error)} onRetry={() => void asked.refetch()} />
          {asked.isLoading && <CardSkeletons />}
          {asked.isSuccess && postings.length === 0 && (
            <Empty icon="search" title="Nothing found">
              Try fewer words, or take a filter away.
              <Button variant="default" onClick={() => setParams(new URLSearchParams())}>
                Show all postings
              </Button>
            </Empty>
          )}
          <Stack
            gap="md"
            component="section"
            aria-label="Found postings"
            aria-busy={asked.isFetching}
            opacity={asked.isFetching && asked.currentData === undefined ? 0.55 : 1}
          >
            {postings.map((posting) => (
              <PostingCard key={posting.id} posting={posting} />
            ))}
          </Stack>
          {asked.currentData !== undefined && asked.hasNextPage && (
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
      </div>
      <Drawer opened={drawer} onClose={close} title="Filters" position="right" size="sm" closeButtonProps={{ "aria-label": "Close the filters" }}>
        {filters}
        <Button mt="xl" fullWidth onClick={close}>
          Show {counted(total, "posting")}
        </Button>
      </Drawer>
    </>
  );
}
