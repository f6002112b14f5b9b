import { Button, Group, Modal, NumberInput, Select, Stack, TagsInput, Text, Textarea, TextInput } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { type Profile, type Seniority, useUpdateCorrectionsMutation } from "../api";
import { problemOf } from "../api/problem";
import { ProblemNotice } from "../components/Notice";
import { seniorities } from "../format/words";
import { correctionsOf, type Draft, draftOf, faultsOf, type Field } from "./correct/draft";
import { EntryList } from "./correct/EntryList";
import type { ListName } from "./correct/kinds";
import classes from "./CorrectProfile.module.css";

function Form({ data, onDone }: { data: Profile; onDone: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(data));
  const [takenBack, setTakenBack] = useState<Field[]>([]);
  const [update, { isLoading, error }] = useUpdateCorrectionsMutation();
  const problem = problemOf(error);
  const [faults, setFaults] = useState<ReturnType<typeof faultsOf>>({});
  const form = useRef<HTMLFormElement>(null);
  const paths = problem?.paths ?? {};
  // Beside a field of its own a fault needs no notice; one in a list may be far away.
  const beside = Object.keys(paths).length > 0 && Object.keys(paths).every((path) => path in draft || /^(other_)?skills\./.test(path));

  useEffect(() => {
    // Once the faulty entries are open.
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [faults]);

  function set<Name extends Field>(field: Name, value: Draft[Name]) {
    setDraft((now) => ({ ...now, [field]: value }));
    setTakenBack((now) => now.filter((one) => one !== field));
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    const answer = await update({ correctionsRequest: correctionsOf(data, draft, takenBack) });
    setFaults(faultsOf(problemOf(answer.error)?.paths ?? {}, draft));
    if (answer.error === undefined) onDone();
  }

  /** What stands below a corrected field: what the resume says, and the way back to it. */
  function below(field: Field) {
    const correction = data.corrections.find((one) => one.field === field);
    if (correction === undefined) return undefined;
    if (takenBack.includes(field)) {
      return (
        <>
          Will be as it was read.{" "}
          <Button size="compact-xs" variant="subtle" onClick={() => setTakenBack((now) => now.filter((one) => one !== field))}>
            Keep my correction
          </Button>
        </>
      );
    }
    return (
      <>
        Your resume says {correction.read === null ? "nothing of it" : `“${correction.read}”`}.{" "}
        <Button size="compact-xs" variant="subtle" onClick={() => setTakenBack((now) => [...now, field])}>
          Use that
        </Button>
      </>
    );
  }

  const list = (name: ListName) => (
    <EntryList
      name={name}
      rows={draft[name]}
      faults={faults[name] ?? {}}
      below={below(name)}
      takenBack={takenBack.includes(name)}
      onChange={(rows) => set(name, rows)}
    />
  );

  const text = (field: "name" | "label" | "email" | "phone" | "place", label: string) => (
    <TextInput
      label={label}
      value={draft[field]}
      maxLength={200}
      error={paths[field]}
      description={below(field)}
      onChange={(event) => set(field, event.currentTarget.value)}
    />
  );
  return (
    <form ref={form} onSubmit={(event) => void save(event)} aria-label="Correct your profile">
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          What you change stays, whatever a later resume says. Your matches are ranked anew.
        </Text>
        {text("name", "Name")}
        {text("label", "Headline")}
        {text("email", "E-mail")}
        {text("phone", "Telephone, from abroad")}
        {text("place", "Where you live")}
        <Textarea
          label="Summary"
          rows={4}
          maxLength={1500}
          value={draft.summary}
          error={paths.summary}
          description={below("summary")}
          onChange={(event) => set("summary", event.currentTarget.value)}
        />
        <TagsInput
          label="Skills"
          maxTags={200}
          value={draft.skills}
          error={paths.skills ?? skillFault(paths, "skills")}
          description={below("skills") ?? "Press Enter after each"}
          onChange={(skills) => set("skills", skills)}
        />
        <TagsInput
          label="Skills in your own words"
          maxTags={200}
          value={draft.other_skills}
          error={paths.other_skills ?? skillFault(paths, "other_skills")}
          description={below("other_skills") ?? "What no list of skills has; it is shown, and not ranked"}
          onChange={(words) => set("other_skills", words)}
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
            error={paths.years}
            description={below("years")}
            onChange={(value) => set("years", typeof value === "number" ? value : null)}
          />
        </Group>
        {listsShown.map((name) => (
          <div key={name}>{list(name)}</div>
        ))}
        {!beside && <ProblemNotice problem={problem} />}
        <Group justify="flex-end" gap="sm" className={classes.save}>
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

const listsShown: ListName[] = [
  "work",
  "education",
  "languages",
  "certificates",
  "projects",
  "publications",
  "awards",
  "links",
  "work_rights",
];

/** A skill that is not known is named by its number in the list. */
function skillFault(paths: Record<string, string>, list: "skills" | "other_skills"): string | undefined {
  return Object.entries(paths).find(([path]) => path.startsWith(`${list}.`))?.[1];
}

/** Opens the form in which a person corrects what was read of them. */
export function CorrectProfile({ data }: { data: Profile }) {
  const [opened, { open, close }] = useDisclosure(false);
  const small = useMediaQuery("(max-width: 36em)") ?? false;
  return (
    <>
      <Button variant="default" onClick={open}>
        Correct it
      </Button>
      <Modal opened={opened} onClose={close} title="Correct your profile" size="xl" fullScreen={small} closeButtonProps={{ "aria-label": "Close the form" }}>
        {opened && <Form data={data} onDone={close} />}
      </Modal>
    </>
  );
}
