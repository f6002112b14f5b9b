import { Button, Group, Modal, NumberInput, Select, Stack, TagsInput, Text, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { type CorrectionsRequest, type Profile, type Seniority, useUpdateCorrectionsMutation } from "../api";
import { problemOf } from "../api/problem";
import { ProblemNotice } from "../components/Notice";
import { seniorities } from "../format/words";

/** What can be corrected, as a form has it: nothing is an empty text. */
interface Draft {
  name: string;
  label: string;
  email: string;
  phone: string;
  summary: string;
  skills: string[];
  seniority: Seniority | null;
  years: number | null;
}
type Field = keyof Draft;

const fields: Field[] = ["name", "label", "email", "phone", "summary", "skills", "seniority", "years"];

function draftOf({ profile }: Profile): Draft {
  return {
    name: profile.name ?? "",
    label: profile.label ?? "",
    email: profile.email ?? "",
    phone: profile.phone ?? "",
    summary: profile.summary ?? "",
    skills: profile.skills.map((skill) => skill.name),
    seniority: profile.seniority,
    years: profile.years,
  };
}

function same(one: Draft[Field], other: Draft[Field]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What the person says of themselves: what was corrected before and is kept, and what the form changed. */
export function correctionsOf(data: Profile, draft: Draft, takenBack: Field[]): CorrectionsRequest {
  const before = draftOf(data);
  const corrected = data.corrections.map(({ field }) => field);
  const said = fields.filter(
    (field) => !takenBack.includes(field) && (corrected.includes(field) || !same(draft[field], before[field])),
  );
  return Object.fromEntries(said.map((field) => [field, draft[field] === "" ? null : draft[field]]));
}

function Form({ data, onDone }: { data: Profile; onDone: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(data));
  const [takenBack, setTakenBack] = useState<Field[]>([]);
  const [update, { isLoading, error }] = useUpdateCorrectionsMutation();
  const problem = problemOf(error);
  const known = problem === null ? [] : fields.filter((field) => problem.fields[field] !== undefined);

  function set<Name extends Field>(field: Name, value: Draft[Name]) {
    setDraft((now) => ({ ...now, [field]: value }));
    setTakenBack((now) => now.filter((one) => one !== field));
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    const answer = await update({ correctionsRequest: correctionsOf(data, draft, takenBack) });
    if (answer.error === undefined) onDone();
  }

  /** What stands below a corrected field: what the resume says, and the way back to it. */
  function below(field: Field) {
    const correction = data.corrections.find((one) => one.field === field);
    if (correction === undefined) return undefined;
    if (takenBack.includes(field)) return "Will be as it was read.";
    return (
      <>
        Your resume says {correction.read === null ? "nothing of it" : `“${correction.read}”`}.{" "}
        <Button size="compact-xs" variant="subtle" onClick={() => setTakenBack((now) => [...now, field])}>
          Use that
        </Button>
      </>
    );
  }

  const text = (field: "name" | "label" | "email" | "phone", label: string) => (
    <TextInput
      label={label}
      value={draft[field]}
      maxLength={200}
      error={problem?.fields[field]}
      description={below(field)}
      onChange={(event) => set(field, event.currentTarget.value)}
    />
  );
  return (
    <form onSubmit={(event) => void save(event)} aria-label="Correct your profile">
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          What you change stays, whatever a later resume says. Your matches are ranked anew.
        </Text>
        {text("name", "Name")}
        {text("label", "Headline")}
        {text("email", "E-mail")}
        {text("phone", "Telephone, from abroad")}
        <Textarea
          label="Summary"
          rows={4}
          maxLength={1500}
          value={draft.summary}
          error={problem?.fields.summary}
          description={below("summary")}
          onChange={(event) => set("summary", event.currentTarget.value)}
        />
        <TagsInput
          label="Skills"
          maxTags={200}
          value={draft.skills}
          error={problem?.fields.skills ?? skillFault(problem?.paths)}
          description={below("skills") ?? "Press Enter after each"}
          onChange={(skills) => set("skills", skills)}
        />
        <Group gap="sm" grow align="flex-start">
          <Select
            label="Level"
            clearable
            placeholder="Not known"
            data={Object.entries(seniorities).map(([value, label]) => ({ value, label }))}
            value={draft.seniority}
            description={below("seniority")}
            onChange={(value) => set("seniority", value as Seniority | null)}
          />
          <NumberInput
            label="Years of work"
            placeholder="Not known"
            min={0}
            max={80}
            step={0.5}
            value={draft.years ?? ""}
            error={problem?.fields.years}
            description={below("years")}
            onChange={(value) => set("years", typeof value === "number" ? value : null)}
          />
        </Group>
        {problem !== null && known.length === 0 && skillFault(problem.paths) === undefined && <ProblemNotice problem={problem} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={isLoading}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A skill that is not known is named by its number in the list. */
function skillFault(paths: Record<string, string> | undefined): string | undefined {
  return Object.entries(paths ?? {}).find(([path]) => path.startsWith("skills."))?.[1];
}

/** Opens the form in which a person corrects what was read of them. */
export function CorrectProfile({ data }: { data: Profile }) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        Correct it
      </Button>
      <Modal opened={opened} onClose={close} title="Correct your profile" size="lg" closeButtonProps={{ "aria-label": "Close the form" }}>
        {opened && <Form data={data} onDone={close} />}
      </Modal>
    </>
  );
}
