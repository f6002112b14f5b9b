import { Group, Skeleton, Stack, Text } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { Ledger } from "../../api";
import { ledgerBars, ledgerParts } from "../../components/Ledger";
import { count, counted, exactTime, moment, sentence } from "../../format/words";
import classes from "./Ledgers.module.css";
import { StatusBadge } from "./SourceState";
import shared from "./SourcesPage.module.css";

const LedgerChart = lazy(() => import("../../components/LedgerChart"));
const numbers = [{ name: "seen", label: "seen" } as const, ...ledgerParts];

/** Why records were refused, once each: the same fault often comes many times. */
function refusalsOf(ledgers: Ledger[]): string[] {
  return [...new Set(ledgers.flatMap((ledger) => ledger.refusals))].slice(0, 20);
}

/** One collection: when it ended, what became of its records, and how it fared. */
function Collection({ ledger }: { ledger: Ledger }) {
  return (
    <li>
      <time className={classes.ended} dateTime={ledger.ended_at} title={exactTime(ledger.ended_at)}>
        {moment(ledger.ended_at)}
      </time>
      <dl className={classes.numbers}>
        {numbers.map(({ name, label }) => (
          <div key={name} data-none={ledger.counts[name] === 0 || undefined}>
            <dt>{label}</dt>
            <dd>{count(ledger.counts[name])}</dd>
          </div>
        ))}
      </dl>
      <Group gap="4px 10px" align="center">
        <StatusBadge status={ledger.status} />
        <Text span size="xs" c="dimmed">
          {counted(ledger.requests, "request")}
        </Text>
        {ledger.reason !== null && (
          <Text span size="xs" style={{ overflowWrap: "anywhere" }}>
            {sentence(ledger.reason)}
          </Text>
        )}
      </Group>
    </li>
  );
}

/** The last collections of a source: as a picture, in numbers, and what they had to refuse. */
export function Ledgers({ ledgers }: { ledgers: Ledger[] }) {
  if (ledgers.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        It was not collected yet.
      </Text>
    );
  }
  const refusals = refusalsOf(ledgers);
  // Bars without any height show nothing that the numbers do not.
  const pictured = ledgers.length > 1 && ledgers.some(({ counts }) => ledgerBars.some(({ name }) => counts[name] > 0));
  return (
    <Stack gap="md">
      {pictured && (
        <Suspense fallback={<Skeleton height={160} />}>
          <LedgerChart ledgers={ledgers} />
        </Suspense>
      )}
      <ul className={classes.ledgers} aria-label="The last collections in numbers">
        {ledgers.map((ledger) => (
          <Collection key={ledger.id} ledger={ledger} />
        ))}
      </ul>
      {refusals.length > 0 && (
        <div>
          <Text size="sm" fw={600} mb={4}>
            Why records were refused
          </Text>
          <ul className={shared.refusals}>
            {refusals.map((words) => (
              <li key={words}>{sentence(words)}</li>
            ))}
          </ul>
        </div>
      )}
    </Stack>
  );
}
