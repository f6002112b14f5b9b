import { Button, Group, Stack, Text } from "@mantine/core";
import { type Conflict, type Profile, type Seniority, type Stated, useListResumesQuery, useUpdateCorrectionsMutation } from "../api";
import { problemOf } from "../api/problem";
import { ProblemNotice } from "../components/Notice";
import { seniorities, span } from "../format/words";
import { deciding } from "./conflicts";
import { Section } from "./ProfileEntries";

const words: Record<string, string> = {
  area: "Field of study",
  date: "Date",
  degree: "Degree",
  email: "E-mail",
  end: "End",
  label: "Headline",
  level: "Level",
  name: "Name",
  phone: "Phone",
  place: "Place",
  score: "Grade",
  seniority: "Seniority",
  start: "Start",
  summary: "Summary",
  title: "Title",
};

function inWords({ field, part }: Conflict, value: string): string {
  if (field === "seniority") return seniorities[value as Seniority];
  if (part === "end" && value === "present") return "Goes on";
  if (part === "start" || part === "end" || part === "date") return span(null, value) ?? value;
  if (part === "level") return value.length === 2 ? value.toUpperCase() : value.charAt(0).toUpperCase() + value.slice(1);
  return value;
}

interface ValueProps {
  conflict: Conflict;
  stated: Stated;
  files: string;
  used: boolean;
  onUse: (() => void) | null;
}

function Value({ conflict, stated, files, used, onUse }: ValueProps) {
  const told = inWords(conflict, stated.value);
  return (
    <Group component="li" justify="space-between" gap="2px 12px" wrap="nowrap">
      <Text size="sm" lineClamp={4} style={{ overflowWrap: "anywhere" }}>
        {told}{" "}
        <Text span c="dimmed">
          {files}
          {used && " · in use"}
        </Text>
      </Text>
      {onUse !== null && (
        <Button size="compact-sm" variant="default" style={{ flex: "none" }} aria-label={`Use this one: ${told}`} onClick={onUse}>
          Use this one
        </Button>
      )}
    </Group>
  );
}

/** Where the resumes in use disagree, each value with its file, until the person says which is right. */
export function Conflicts({ data }: { data: Profile }) {
  const { data: uploaded } = useListResumesQuery(undefined, { skip: data.conflicts.length === 0 });
  const [update, { isLoading, error }] = useUpdateCorrectionsMutation();
  if (data.conflicts.length === 0) return null;
  const filesOf = ({ resume_ids: ids }: Stated) =>
    ids.map((id) => uploaded?.items.find((one) => one.id === id)?.filename ?? "a resume").join(", ");
  const use = (conflict: Conflict, value: string) => () => {
    if (!isLoading) void update({ correctionsRequest: deciding(data, conflict, value) });
  };
  return (
    <Section title="Your resumes disagree">
      {data.conflicts.map((conflict) => {
        const { field, index, part, called, used, others } = conflict;
        const name = [words[part ?? field] ?? field, called].filter((word) => word !== null).join(" · ");
        // In a list, what is in use already stands as it is: there is nothing to correct.
        const keep = index === null ? use(conflict, used.value) : null;
        return (
          <Stack key={`${field}.${index}.${part}`} gap={4} role="group" aria-label={name}>
            <Text fw={600}>{name}</Text>
            <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: "none" }}>
              <Value conflict={conflict} stated={used} files={filesOf(used)} used onUse={keep} />
              {others.map((stated) => (
                <Value
                  key={stated.value}
                  conflict={conflict}
                  stated={stated}
                  files={filesOf(stated)}
                  used={false}
                  onUse={use(conflict, stated.value)}
                />
              ))}
            </Stack>
          </Stack>
        );
      })}
      <ProblemNotice problem={problemOf(error)} />
    </Section>
  );
}
