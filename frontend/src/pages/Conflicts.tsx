import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import {
  type Conflict,
  type Profile,
  type Seniority,
  type Stated,
  useListResumesQuery,
  useUpdateConflictMutation,
  useUpdateCorrectionsMutation,
} from "../api";
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
  told: string;
  files: string;
  used: boolean;
  action: string;
  onChoose: () => void;
}

function Value({ told, files, used, action, onChoose }: ValueProps) {
  return (
    <Group component="li" justify="space-between" gap="2px 12px" wrap="nowrap">
      <Text size="sm" lineClamp={4} style={{ overflowWrap: "anywhere" }}>
        {told}{" "}
        <Text span c="dimmed">
          {files}
          {used && " · in use"}
        </Text>
      </Text>
      <Button size="compact-sm" variant="default" style={{ flex: "none" }} aria-label={`${action}: ${told}`} onClick={onChoose}>
        {action}
      </Button>
    </Group>
  );
}

/** What a conflict is about: the field or part, and of which entry. */
function nameOf({ field, part, called }: Conflict): string {
  return [words[part ?? field] ?? field, called].filter((word) => word !== null).join(" · ");
}

interface SettledProps {
  settled: Conflict[];
  onReopen: (conflict: Conflict) => void;
}

/** What the person said is right as it is, told in a line that opens. */
function Settled({ settled, onReopen }: SettledProps) {
  const [shown, setShown] = useState(false);
  if (settled.length === 0) return null;
  const count = settled.length === 1 ? "one difference" : `${settled.length} differences`;
  return (
    <Stack gap={4} component="section" aria-label="Differences that you settled">
      <Group gap={8}>
        <Text size="sm" c="dimmed">
          You settled {count} between your resumes.
        </Text>
        <Button size="compact-sm" variant="subtle" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? "Hide" : "Show"}
        </Button>
      </Group>
      {shown && (
        <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: "none" }}>
          {settled.map((conflict) => (
            <Value
              key={conflict.id}
              told={`${nameOf(conflict)}: ${inWords(conflict, conflict.used.value)}`}
              files={`not ${conflict.others.map(({ value }) => inWords(conflict, value)).join(", ")}`}
              used={false}
              action="Ask me again"
              onChoose={() => onReopen(conflict)}
            />
          ))}
        </Stack>
      )}
    </Stack>
  );
}

/** Where the resumes in use disagree, each value with its file, until the person says which is right. */
export function Conflicts({ data }: { data: Profile }) {
  const { data: uploaded } = useListResumesQuery(undefined, { skip: data.conflicts.length === 0 });
  const [correct, correcting] = useUpdateCorrectionsMutation();
  const [settle, settling] = useUpdateConflictMutation();
  const busy = correcting.isLoading || settling.isLoading;
  const problem = <ProblemNotice problem={problemOf(correcting.error ?? settling.error)} />;
  const filesOf = ({ resume_ids: ids }: Stated) =>
    ids.map((id) => uploaded?.items.find((one) => one.id === id)?.filename ?? "a resume").join(", ");
  const use = (conflict: Conflict, value: string) => {
    if (!busy) void correct({ correctionsRequest: deciding(data, conflict, value) });
  };
  const say = ({ id: conflictId }: Conflict, settled: boolean) => {
    if (!busy) void settle({ conflictId, settledRequest: { settled } });
  };
  const kept = <Settled settled={data.settled} onReopen={(conflict) => say(conflict, false)} />;
  if (data.conflicts.length === 0) {
    return (
      <>
        {kept}
        {problem}
      </>
    );
  }
  return (
    <Section title="Your resumes disagree">
      {data.conflicts.map((conflict) => (
        <Stack key={conflict.id} gap={4} role="group" aria-label={nameOf(conflict)}>
          <Text fw={600}>{nameOf(conflict)}</Text>
          <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: "none" }}>
            <Value
              told={inWords(conflict, conflict.used.value)}
              files={filesOf(conflict.used)}
              used
              action="Right as it is"
              onChoose={() => say(conflict, true)}
            />
            {conflict.others.map((stated) => (
              <Value
                key={stated.value}
                told={inWords(conflict, stated.value)}
                files={filesOf(stated)}
                used={false}
                action="Use this one"
                onChoose={() => use(conflict, stated.value)}
              />
            ))}
          </Stack>
        </Stack>
      ))}
      {kept}
      {problem}
    </Section>
  );
}
