import { Skeleton, Stack, Table, Text } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { Ledger } from "../../api";
import { count, counted, exactTime, moment, sentence } from "../../format/words";
import { StatusBadge } from "./SourceState";
import classes from "./SourcesPage.module.css";

const LedgerChart = lazy(() => import("../../components/LedgerChart"));
const columns = ["seen", "new", "changed", "refused", "gone"] as const;

/** Why records were refused, once each: the same fault often comes many times. */
function refusalsOf(ledgers: Ledger[]): string[] {
  return [...new Set(ledgers.flatMap((ledger) => ledger.refusals))].slice(0, 20);
}

/** The last collections of a source: as a picture, as a table, and what they had to refuse. */
export function Ledgers({ ledgers }: { ledgers: Ledger[] }) {
  if (ledgers.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        It was not collected yet.
      </Text>
    );
  }
  const refusals = refusalsOf(ledgers);
  return (
    <Stack gap="md">
      {ledgers.length > 1 && (
        <Suspense fallback={<Skeleton height={160} />}>
          <LedgerChart ledgers={ledgers} />
        </Suspense>
      )}
      <div className={classes.scroll} tabIndex={0} role="region" aria-label="The last collections in numbers">
        <Table verticalSpacing={6} horizontalSpacing="sm" fz="sm" className="numbers">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Ended</Table.Th>
              {columns.map((name) => (
                <Table.Th key={name} ta="right" tt="capitalize">
                  {name}
                </Table.Th>
              ))}
              <Table.Th>State</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {ledgers.map((ledger) => (
              <Table.Tr key={ledger.id}>
                <Table.Td style={{ whiteSpace: "nowrap" }}>
                  <time dateTime={ledger.ended_at} title={exactTime(ledger.ended_at)}>
                    {moment(ledger.ended_at)}
                  </time>
                </Table.Td>
                {columns.map((name) => (
                  <Table.Td key={name} ta="right">
                    {count(ledger.counts[name])}
                  </Table.Td>
                ))}
                <Table.Td>
                  <StatusBadge status={ledger.status} />
                  {ledger.reason !== null && (
                    <Text size="xs" c="dimmed" maw={260} style={{ overflowWrap: "anywhere" }}>
                      {sentence(ledger.reason)}
                    </Text>
                  )}
                  <Text size="xs" c="dimmed">
                    {counted(ledger.requests, "request")}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {refusals.length > 0 && (
        <div>
          <Text size="sm" fw={600} mb={4}>
            Why records were refused
          </Text>
          <ul className={classes.refusals}>
            {refusals.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </div>
      )}
    </Stack>
  );
}
