import { Anchor, Badge, Box, Button, Drawer, Group, Pill, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { useDebouncedCallback, useDisclosure } from "@mantine/hooks";
import { useEffect, useRef, useState } from "react";
import { Link, useLocation, useNavigationType, useSearchParams } from "react-router";
import { type FoundPosting, type PostingFilters, type PostingPage, useAllOwnPostingsInfiniteQuery, useAllPostingsInfiniteQuery } from "../../api";
import { problemOf } from "../../api/problem";
import { CardSkeletons } from "../../components/CardSkeletons";
import { Icon } from "../../components/Icon";
import { Empty, ProblemNotice } from "../../components/Notice";
import { PageHead } from "../../components/PageHead";
import { Attribution, PostingFacts } from "../../components/Posting";
import { Skills } from "../../components/Skills";
import { counted } from "../../format/words";
import { changed, cleared, filtersOf, hasWords, listed, type ListName, listNames, type SingleName, toggled } from "./filters";
import { type Chosen, chosenOf, coverageInWords, distanceInWords, understoodInWords } from "./labels";
import classes from "./Search.module.css";
import { SearchFilters } from "./SearchFilters";

function PostingCard({ posting }: { posting: FoundPosting }) {
  const { search } = useLocation();
  return (
    <Stack component="article" className="card" p={{ base: "md", sm: "lg" }} gap="sm" aria-label={posting.title}>
      <Title order={2} size="h3" style={{ overflowWrap: "anywhere" }}>
        <Link to={`/postings/${encodeURIComponent(posting.id)}`} state={{ search }} className="plain">
          {posting.title}
        </Link>
      </Title>
      <PostingFacts posting={posting} distance={posting.distance_km === null ? null : distanceInWords(posting.distance_km)} />
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

function ChosenFilters({ chosen, onRemove, onClear }: { chosen: Chosen[]; onRemove: (one: Chosen) => void; onClear: () => void }) {
  if (chosen.length === 0) return null;
  return (
    <Group gap={6} role="group" aria-label="Filters in use">
      {chosen.map((one) => (
        <Pill
          key={`${one.name}=${one.value}`}
          withRemoveButton
          className={classes.chosen ?? ""}
          removeButtonProps={{ "aria-label": `Take away: ${one.label}`, "aria-hidden": false, tabIndex: 0 }}
          onRemove={() => onRemove(one)}
        >
          {one.label}
        </Pill>
      ))}
      <Button size="compact-xs" variant="subtle" onClick={onClear}>
        Clear filters
      </Button>
    </Group>
  );
}

function Found({ page, loading }: { page: PostingPage | undefined; loading: boolean }) {
  return (
    <div>
      <Text c="dimmed" size="sm" role="status">
        {loading && "Searching"}
        {page !== undefined && `${counted(page.total, "posting")} found`}
        {page !== undefined && understoodInWords(page)}
      </Text>
      {page !== undefined && (
        <Text c="dimmed" size="xs" className="numbers" data-testid="coverage">
          {coverageInWords(page.coverage)}
        </Text>
      )}
    </div>
  );
}

/** What is searched, and where the rest is. */
function Searched() {
  const { data } = useAllOwnPostingsInfiniteQuery(undefined, { refetchOnMountOrArgChange: true });
  const any = data?.pages.some((page) => page.items.length > 0) === true;
  return (
    <>
      What everybody’s sources bring is searched.
      {any && (
        <>
          {" "}
          Not among it:{" "}
          <Anchor component={Link} to="/add#own" inherit underline="always">
            the postings that only you have
          </Anchor>
          .
        </>
      )}
    </>
  );
}

const byRelevance = { value: "relevance", label: "Most relevant" };
const orders = [
  { value: "newest", label: "Newest first" },
  { value: "pay", label: "Best paid first" },
];
const byDistance = { value: "nearest", label: "Nearest first" };

/** The orders that mean something for a search, and the one that it is in. */
function ordersOf(filters: PostingFilters) {
  const words = hasWords(filters);
  const usual = words ? "relevance" : "newest";
  const data = [...(words ? [byRelevance] : []), ...orders, ...(filters.place === undefined ? [] : [byDistance])];
  return { data, usual, value: data.find(({ value }) => value === filters.sort)?.value ?? usual };
}

/** Searching all postings. All of its state is in the address, so that a search can be kept and shared. */
export function Search() {
  const [params, setParams] = useSearchParams();
  const [drawer, { open, close }] = useDisclosure(false);
  const filters = filtersOf(params);
  const asked = useAllPostingsInfiniteQuery(filters);
  // What was found before stays in sight, faded, while the next answer is on its way.
  const pages = (asked.currentData ?? asked.data)?.pages ?? [];
  const postings = pages.flatMap((page) => page.items);
  const total = pages[0]?.total ?? 0;
  const chosen = chosenOf(params, pages[0]);
  const active = chosen.length;
  const order = ordersOf(filters);

  // The address changes a moment after it was asked to: the next change builds on what it will be. An earlier change
  // that comes to be seen meanwhile must not undo that; going back and forth does.
  const coming = useRef(params);
  const awaited = useRef<string | null>(null);
  const travel = useNavigationType();
  useEffect(() => {
    if (awaited.current !== null && awaited.current !== params.toString() && travel !== "POP") return;
    coming.current = params;
    awaited.current = null;
  }, [params, travel]);

  function go(next: (now: URLSearchParams) => URLSearchParams, replace = false) {
    coming.current = next(coming.current);
    const address = coming.current.toString();
    awaited.current = address === params.toString() ? null : address;
    setParams(coming.current, { replace, preventScrollReset: true });
  }
  // Typing must not fill the history with every letter.
  const change = (name: SingleName | "sort", value: string | null) =>
    go((now) => changed(now, name, value), name === "q");

  function remove({ name, value }: Chosen) {
    const several = listNames.find((known) => known === name);
    go((now) => (several === undefined ? changed(now, name as SingleName, null) : toggled(now, several, value)));
  }

  const panel = (
    <SearchFilters
      page={pages[0]}
      // Nothing is "read as no place" before the answer for it is there.
      current={asked.currentData !== undefined}
      params={params}
      onChange={change}
      onToggle={(name: ListName, value) => go((now) => toggled(now, name, value))}
      onList={(name: ListName, values) => go((now) => listed(now, name, values))}
    />
  );
  return (
    <>
      <PageHead title="Search postings" tab="Search" lead={<Searched />} />
      <Group gap="sm" wrap="nowrap" role="search" mb="md">
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
      <div className={classes.columns}>
        <Box component="aside" className={classes.side ?? ""} aria-label="Filters">
          {panel}
        </Box>
        <Stack gap="md" miw={0}>
          <Group justify="space-between" gap="xs" align="flex-start">
            <Found page={pages[0]} loading={asked.isLoading} />
            <Select
              size="xs"
              w={150}
              aria-label="Order"
              allowDeselect={false}
              data={order.data}
              value={order.value}
              onChange={(value) => change("sort", value === order.usual ? null : value)}
            />
          </Group>
          <ChosenFilters chosen={chosen} onRemove={remove} onClear={() => go(cleared)} />
          <ProblemNotice problem={problemOf(asked.error)} onRetry={() => void asked.refetch()} />
          {asked.isLoading && <CardSkeletons />}
          {asked.isSuccess && postings.length === 0 && (
            <Empty icon="search" title="Nothing found">
              {filters.place === undefined ? "Try fewer words, or take a filter away." : "Try fewer words, a wider distance or another place."}
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
        {panel}
        <Button mt="xl" fullWidth onClick={close}>
          Show {counted(total, "posting")}
        </Button>
      </Drawer>
    </>
  );
}
