import { Progress, Stack, Switch, Table, Text, Title } from "@mantine/core";
import { useGetLanguageModelQuery, useListLlmReceiptsQuery, useSetLanguageModelMutation } from "../api";
import { problemOf } from "../api/problem";
import { ProblemNotice } from "../components/Notice";
import { ago, exactTime } from "../format/words";

const microdollars = 1_000_000;

function dollars(amount: number): string {
  const value = amount / microdollars;
  return value.toLocaleString("en", { style: "currency", currency: "USD", maximumFractionDigits: value < 0.1 ? 4 : 2 });
}

function Receipts() {
  const { data } = useListLlmReceiptsQuery({ limit: 10 });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <Table fz="xs" className="numbers" aria-label="What Claude was asked">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Asked</Table.Th>
          <Table.Th>For</Table.Th>
          <Table.Th ta="right">Cost</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {data.items.map((receipt) => (
          <Table.Tr key={receipt.id}>
            <Table.Td>
              <time dateTime={receipt.at} title={exactTime(receipt.at)}>
                {ago(receipt.at)}
              </time>
            </Table.Td>
            <Table.Td>{receipt.purpose}</Table.Td>
            <Table.Td ta="right">{dollars(receipt.microdollars)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Whether the language model may be asked for a person, and what it cost; nothing where there is none. */
export function LanguageModel() {
  const { data } = useGetLanguageModelQuery();
  const [set, { isLoading, error }] = useSetLanguageModelMutation();
  if (data?.available !== true) return null;
  const { allowed, spent_microdollars: spent, month_cap_microdollars: cap } = data;
  return (
    <Stack component="section" className="card" p="lg" gap="sm" aria-label="Help by Claude">
      <Title order={2}>Help by Claude</Title>
      <Switch
        label="Claude may read my resume, postings that I look at or that fit me best, and pages that nothing else can read"
        description="What they say is sent to Anthropic. What it finds there fills what the rules left out; without it, everything works as before."
        checked={allowed}
        disabled={isLoading}
        onChange={(event) => void set({ languageModelRequest: { allowed: event.currentTarget.checked } })}
      />
      <ProblemNotice problem={problemOf(error)} />
      {(allowed || spent > 0) && (
        <div>
          <Text size="sm" className="numbers">
            {dollars(spent)} of {dollars(cap)} spent this month
          </Text>
          <Progress aria-label="Spent this month" value={cap === 0 ? 100 : Math.min(100, (spent / cap) * 100)} />
        </div>
      )}
      <Receipts />
    </Stack>
  );
}
