import { Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useListCompaniesQuery, useListOwnSourcesQuery, useListSourcesQuery } from "../../api";
import { problemOf } from "../../api/problem";
import { CardSkeletons } from "../../components/CardSkeletons";
import { Icon } from "../../components/Icon";
import { Empty, ProblemNotice } from "../../components/Notice";
import { count } from "../../format/words";
import { useAdministers } from "../../session/rights";
import { boardOf } from "./boards";
import { BoardRow } from "./BoardRow";
import { FindBoard } from "./FindBoard";
import classes from "./SourcesPage.module.css";

/** The companies whose boards are known, and a way to find those of others. */
export function Companies() {
  const [params, setParams] = useSearchParams();
  const q = params.get("q")?.slice(0, 300) ?? "";
  const [typed, setTyped] = useState(q);
  const search = useDebouncedCallback((text: string) => {
    setParams(text.trim() === "" ? {} : { q: text.trim() }, { replace: true, preventScrollReset: true });
  }, 350);
  const { data, currentData, error, isLoading, refetch } = useListCompaniesQuery({ q, limit: 30 });
  const { data: own } = useListOwnSourcesQuery();
  const { data: everybodys } = useListSourcesQuery();
  const administers = useAdministers();

  function isOwn(sourceId: string): boolean {
    const { system, token } = boardOf(sourceId);
    return (own?.items ?? []).some(
      ({ config }) => config.kind === "board" && config.system === system && config.token === token,
    );
  }
  const isOn = (sourceId: string) => everybodys?.items.some(({ id, on }) => id === sourceId && on) ?? false;

  const found = data?.items ?? [];
  return (
    <Stack gap="md">
      <TextInput
        type="search"
        size="md"
        label="Company"
        description={
          data === undefined
            ? "A name, a web address, or a board's address"
            : `A name, a web address, or a board's address. ${count(data.total)} companies are known.`
        }
        placeholder="Acme, acme.com, boards.greenhouse.io/acme …"
        leftSection={<Icon name="company" size={18} />}
        maxLength={300}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
        onKeyDown={(event) => event.key === "Enter" && search.flush()}
      />
      <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />
      {isLoading && <CardSkeletons cards={2} />}
      {found.length > 0 && (
        <ul
          className={`card ${classes.rows}`}
          aria-label="Companies"
          style={{ opacity: currentData === undefined ? 0.55 : 1 }}
        >
          {found.map((company) => (
            <BoardRow
              key={company.source_id}
              sourceId={company.source_id}
              company={company.name}
              system={company.system}
              on={company.on}
              own={isOwn(company.source_id)}
              administers={administers}
            >
              {company.domains.length > 0 && ` · ${company.domains.slice(0, 2).join(", ")}`}
            </BoardRow>
          ))}
        </ul>
      )}
      {currentData !== undefined && found.length === 0 && (
        <Empty icon="company" title="No company of this name is known">
          {q === "" ? "The directory is empty." : "Its board may be found all the same."}
        </Empty>
      )}
      {q.length >= 2 && <FindBoard key={q} company={q} administers={administers} isOwn={isOwn} isOn={isOn} />}
      <Text size="xs" c="dimmed">
        What you add to your sources is seen by you alone.
      </Text>
    </Stack>
  );
}
