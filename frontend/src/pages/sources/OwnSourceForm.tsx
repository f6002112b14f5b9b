import { Alert, Anchor, Button, Group, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { type OwnSource, useCreateOwnSourceMutation, useUpdateOwnSourceMutation } from "../../api";
import { faultAt, problemOf } from "../../api/problem";
import { ProblemNotice } from "../../components/Notice";
import { ApiFields } from "./ApiFields";
import { homeless, wholeFault } from "./ownFaults";
import { type ApiDraft, type Draft, draftOf, requestOf } from "./ownForm";

interface Props {
  /** The source that is changed; null for a new one. */
  source: OwnSource | null;
  onDone: () => void;
}

/** Defines a source of one's own: a feed, or an interface that gives JSON. Boards come from the companies' list. */
export function OwnSourceForm({ source, onDone }: Props) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(source));
  const [create, creating] = useCreateOwnSourceMutation();
  const [update, updating] = useUpdateOwnSourceMutation();
  const asked = source === null ? creating : updating;
  const problem = problemOf(asked.error);
  const whole = wholeFault(problem);
  const form = useRef<HTMLFormElement>(null);
  // What is wrong may stand far above the button that was pressed.
  useEffect(() => {
    if (asked.error !== undefined) form.current?.querySelector<HTMLElement>("[aria-invalid='true'], [data-fault]")?.focus();
  }, [asked.error]);

  function change(part: Partial<Draft>) {
    setDraft((now) => ({ ...now, ...part }));
    asked.reset();
  }

  async function save(event: FormEvent) {
    event.preventDefault();
    const ownSourceRequest =
      source?.config.kind === "board" ? { name: draft.name.trim(), config: source.config } : requestOf(draft);
    const answer =
      source === null
        ? await create({ ownSourceRequest })
        : await update({ sourceId: source.id, ownSourceRequest });
    if (answer.error === undefined) onDone();
  }

  const board = source?.config.kind === "board";
  return (
    <form
      ref={form}
      onSubmit={(event) => void save(event)}
      aria-label={source === null ? "A new source" : `Change ${source.name}`}
    >
      <Stack gap="md">
        {source === null && (
          <>
            <SegmentedControl
              aria-label="Kind of source"
              data={[
                { value: "feed", label: "Feed" },
                { value: "api", label: "API" },
              ]}
              value={draft.kind}
              onChange={(kind) => change({ kind: kind as Draft["kind"] })}
            />
            <Text size="sm" c="dimmed">
              {draft.kind === "feed"
                ? "Any RSS or Atom feed that lists postings."
                : "Any address that answers with postings as JSON, without code."}{" "}
              Looking for a company?{" "}
              <Anchor component={Link} to="/sources/companies" inherit underline="always">
                Its board is found by its name.
              </Anchor>
            </Text>
          </>
        )}
        <TextInput
          label="Name"
          required
          withAsterisk={false}
          maxLength={100}
          value={draft.name}
          error={faultAt(problem, "name")}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        {draft.kind === "feed" && !board && (
          <TextInput
            label="Address of the feed"
            placeholder="https://example.com/jobs.rss"
            required
            withAsterisk={false}
            maxLength={2000}
            value={draft.url}
            error={faultAt(problem, "config.feed.url")}
            onChange={(event) => change({ url: event.currentTarget.value })}
          />
        )}
        {draft.kind === "api" && (
          <ApiFields
            api={draft.api}
            set={source?.secrets_set ?? []}
            problem={problem}
            onChange={(part: Partial<ApiDraft>) => change({ api: { ...draft.api, ...part } })}
          />
        )}
        {whole !== undefined && (
          <Alert color="red" variant="light" role="alert" tabIndex={-1} data-fault>
            {whole}
          </Alert>
        )}
        <ProblemNotice problem={homeless(problem)} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={asked.isLoading}>
            {source === null ? "Add the source" : "Save"}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
