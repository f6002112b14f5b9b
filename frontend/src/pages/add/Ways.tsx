import { Button, Group, Stack, Text, Textarea, TextInput, Title, VisuallyHidden } from "@mantine/core";
import { type DragEvent, type FormEvent, useId, useRef, useState } from "react";
import { Icon } from "../../components/Icon";
import { ProblemNotice } from "../../components/Notice";
import classes from "./AddPage.module.css";
import { accepted, kindOf, objection } from "./files";
import { largestContent } from "./limits";
import { useAdd } from "./useAdd";

type Begun = (id: string) => void;

/** A posting by the address of its page. */
export function ByAddress({ onBegun }: { onBegun: Begun }) {
  const [url, setUrl] = useState("");
  const { busy, problem, address } = useAdd(onBegun);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (await address(url.trim())) setUrl("");
  }

  return (
    <Stack component="form" className="card" p="lg" gap="sm" aria-label="Add by its address" onSubmit={(event: FormEvent) => void submit(event)}>
      <Title order={2} size="h3">
        Paste its address
      </Title>
      <Group align="flex-end" gap="sm">
        <TextInput
          label="Web address of the posting"
          type="url"
          required
          withAsterisk={false}
          placeholder="https://…"
          maxLength={2000}
          style={{ flex: "1 1 14rem" }}
          value={url}
          error={problem?.fields.url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy}>
          Add
        </Button>
      </Group>
      <Text size="xs" c="dimmed">
        Pages that ask for a sign-in cannot be read this way: use the bookmarklet, or save the page.
      </Text>
      <ProblemNotice problem={problem} />
    </Stack>
  );
}

/** Job-alert mails and saved pages as files. */
export function ByFile({ onBegun }: { onBegun: Begun }) {
  const { busy, problem, file: send } = useAdd(onBegun);
  const [refused, setRefused] = useState<string[]>([]);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  async function take(files: FileList | null) {
    const chosen = [...(files ?? [])];
    if (input.current !== null) input.current.value = "";
    setRefused(chosen.map(objection).filter((words) => words !== null));
    for (const file of chosen) {
      const kind = objection(file) === null ? kindOf(file) : null;
      if (kind !== null) await send(kind, file);
    }
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files);
  }

  return (
    <Stack className="card" p="lg" gap="sm" component="section" aria-label="Add files">
      <Title order={2} size="h3">
        Drop a job-alert mail, or a saved page
      </Title>
      <div
        className={`${classes.drop} ${over ? classes.over : ""}`}
        data-testid="add-drop"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name="mail" size={26} />
        <Text size="sm" c="dimmed">
          .eml or .html, up to 4 MB each
        </Text>
        <Button variant="light" loading={busy} onClick={() => input.current?.click()}>
          Choose files
        </Button>
        <VisuallyHidden>
          <label htmlFor={id}>Mails and saved pages</label>
          <input
            ref={input}
            id={id}
            type="file"
            multiple
            accept={accepted}
            tabIndex={-1}
            onChange={(event) => void take(event.currentTarget.files)}
          />
        </VisuallyHidden>
      </div>
      <Text size="xs" c="dimmed">
        Mail programs save a mail as .eml under “Save as” or “Download message”. Alerts of LinkedIn, Indeed and most
        boards are read.
      </Text>
      {refused.length > 0 && (
        <ul className={classes.notes} role="alert">
          {refused.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      <ProblemNotice problem={problem} />
    </Stack>
  );
}

/** A page's source as text. */
export function ByHtml({ onBegun }: { onBegun: Begun }) {
  const [html, setHtml] = useState("");
  const [url, setUrl] = useState("");
  const { busy, problem, content } = useAdd(onBegun);
  const tooLarge = new Blob([html]).size > largestContent;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (await content("page", new Blob([html]), url.trim() || null)) setHtml("");
  }

  return (
    <Stack component="form" className="card" p="lg" gap="sm" aria-label="Add a page's HTML" onSubmit={(event: FormEvent) => void submit(event)}>
      <Title order={2} size="h3">
        Paste a page’s HTML
      </Title>
      <Textarea
        label="HTML"
        required
        withAsterisk={false}
        rows={4}
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: "0.8rem" } }}
        value={html}
        error={tooLarge ? "This is more than 4 MB." : problem?.fields.content}
        onChange={(event) => setHtml(event.currentTarget.value)}
      />
      <Group align="flex-end" gap="sm">
        <TextInput
          label="Address of the page"
          description="Needed where the page itself does not name it"
          type="url"
          placeholder="https://…"
          maxLength={2000}
          style={{ flex: "1 1 14rem" }}
          value={url}
          error={problem?.fields.url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Button type="submit" variant="light" loading={busy} disabled={html.trim() === "" || tooLarge}>
          Read it
        </Button>
      </Group>
      <ProblemNotice problem={problem} />
    </Stack>
  );
}
