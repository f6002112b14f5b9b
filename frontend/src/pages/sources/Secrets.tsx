import { Badge, Button, Group, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { type Source, useDeleteSecretsMutation, useUpdateSecretsMutation } from "../../api";
import { problemOf } from "../../api/problem";
import { Confirm } from "../../components/Confirm";
import { ProblemNotice } from "../../components/Notice";
import { secretLabel } from "./words";

function Forget({ source }: { source: Source }) {
  const [asks, { open, close }] = useDisclosure(false);
  const [forget, { isLoading, error }] = useDeleteSecretsMutation();

  async function go() {
    const answer = await forget({ sourceId: source.id });
    if (answer.error === undefined) close();
  }

  return (
    <>
      <Button variant="subtle" color="red" size="xs" onClick={open}>
        Delete the key
      </Button>
      <Confirm
        opened={asks}
        title={`Delete the key of ${source.name}?`}
        action="Delete"
        color="red"
        busy={isLoading}
        problem={problemOf(error)}
        onConfirm={() => void go()}
        onClose={close}
      >
        <Text size="sm">The source cannot be read without it. The postings that it brought stay.</Text>
      </Confirm>
    </>
  );
}

/** Sets what a source wants to be asked with. What is set is never shown again. */
export function Secrets({ source }: { source: Source }) {
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [save, { isLoading, isSuccess, error, reset }] = useUpdateSecretsMutation();
  const problem = problemOf(error);
  const values = Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== ""));

  async function submit(event: FormEvent) {
    event.preventDefault();
    const answer = await save({ sourceId: source.id, secretsRequest: { values } });
    if (answer.error === undefined) setTyped({});
  }

  return (
    <Stack component="form" gap="sm" aria-label={`Key of ${source.name}`} onSubmit={(event: FormEvent) => void submit(event)}>
      <Title order={3} size="h4">
        Key
      </Title>
      <Text size="sm" c="dimmed">
        Encrypted where it is kept, and never shown again.
      </Text>
      {source.secrets.map((name) => {
        const set = source.secrets_set.includes(name);
        return (
          <PasswordInput
            key={name}
            label={
              <Group component="span" gap={8} display="inline-flex">
                {secretLabel(name)}
                {set && (
                  <Badge size="xs" color="teal" variant="light" tt="none">
                    set
                  </Badge>
                )}
              </Group>
            }
            autoComplete="off"
            maxLength={2000}
            placeholder={set ? "Leave empty to keep it" : ""}
            value={typed[name] ?? ""}
            error={problem?.fields[name]}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setTyped((now) => ({ ...now, [name]: value }));
              reset();
            }}
          />
        );
      })}
      <ProblemNotice problem={problem} />
      <Group justify="space-between">
        <Text size="sm" c="dimmed" role="status">
          {isSuccess && "Saved."}
        </Text>
        <Group gap="xs">
          {source.secrets_set.length > 0 && <Forget source={source} />}
          <Button type="submit" size="xs" loading={isLoading} disabled={Object.keys(values).length === 0}>
            Save the key
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}
