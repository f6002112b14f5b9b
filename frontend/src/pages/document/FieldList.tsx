import { Stack, Text, Title, VisuallyHidden } from "@mantine/core";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { FieldEntry, FieldGroup, ShownField } from "./fields";
import { aboutField, fieldsOf, surenessWords } from "./fields";
import { type Light, whilePointed } from "./lit";
import classes from "./Document.module.css";

/** How sure a field is: a bar, and a word beside it. */
function Sureness({ field }: { field: ShownField }) {
  if (field.confidence === null || field.sureness === null) return null;
  return (
    <span className={classes.sureness} data-sureness={field.sureness}>
      <span className={classes.meter} aria-hidden="true">
        <i style={{ width: `${field.confidence * 100}%` }} />
      </span>
      <VisuallyHidden>, </VisuallyHidden>
      {surenessWords[field.sureness]}
    </span>
  );
}

/** A value with more letters than these stands below its name. */
const longest = 60;

interface FieldProps {
  field: ShownField;
  short: boolean;
  /** Whether it is told already what the field is derived from. */
  told: boolean;
  /** Whether the Tab key comes to this one; the arrow keys lead to the others. */
  entry: boolean;
  light: Light;
}

function Field({ field, short, told, entry, light }: FieldProps) {
  const { path, label, value, derivedFrom } = field;
  const lit = light.path === path;
  return (
    <button
      type="button"
      className={short ? classes.short : classes.field}
      data-path={path}
      data-lit={lit || undefined}
      data-long={value.length > longest || undefined}
      tabIndex={entry ? 0 : -1}
      aria-pressed={light.chosen === path}
      title={aboutField(field).join(", ")}
      {...whilePointed(light, () => path, "fields")}
      onFocus={() => light.choose(path, "fields")}
      onClick={() => light.choose(path, "fields")}
    >
      {/* What is hidden says to screen readers what the eye sees: where one thing ends, and what a bar is. */}
      {short ? (
        <VisuallyHidden>{label}: </VisuallyHidden>
      ) : (
        <span className={classes.label}>
          {label}
          <VisuallyHidden>: </VisuallyHidden>
        </span>
      )}
      <span className={classes.value} dir="auto">
        {value}
      </span>
      <Sureness field={field} />
      {derivedFrom !== null && !told && (
        <span className={classes.derived}>
          <VisuallyHidden>, </VisuallyHidden>
          from {derivedFrom}
        </span>
      )}
      <VisuallyHidden>{aboutField(field).map((words) => `, ${words}`).join("")}</VisuallyHidden>
    </button>
  );
}

interface EntryProps {
  entry: FieldEntry;
  short: boolean;
  first: string | undefined;
  light: Light;
}

function Entry({ entry, short, first, light }: EntryProps) {
  return (
    <div>
      {entry.title !== null && entry.fields.length > 1 && (
        <Title order={3} fz="sm" mb={4} dir="auto" lineClamp={2} style={{ overflowWrap: "anywhere" }}>
          {entry.title}
        </Title>
      )}
      {entry.derivedFrom !== null && (
        <Text size="xs" c="dimmed" mb={4}>
          From {entry.derivedFrom}
        </Text>
      )}
      <ul className={short ? classes.shorts : classes.fields}>
        {entry.fields.map((field) => (
          <li key={field.path}>
            <Field field={field} short={short} told={entry.derivedFrom !== null} entry={field.path === first} light={light} />
          </li>
        ))}
      </ul>
    </div>
  );
}

const steps: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(last, at + 1),
  ArrowRight: (at, last) => Math.min(last, at + 1),
  ArrowUp: (at) => Math.max(0, at - 1),
  ArrowLeft: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, last) => last,
};

/** What was read, in the groups of the profile. One Tab comes to it; arrow keys go from field to field. */
export function FieldList({ groups, light }: { groups: FieldGroup[]; light: Light }) {
  const list = useRef<HTMLDivElement>(null);
  const paths = fieldsOf(groups).map(({ path }) => path);
  const first = paths.find((path) => path === light.chosen) ?? paths[0];

  useEffect(() => {
    // What is chosen in the document comes into view here, and keys go on from there.
    if (light.chosen === null || light.from !== "document") return;
    const field = list.current?.querySelector("[aria-pressed=true]");
    field?.scrollIntoView({ block: "nearest" });
  }, [light.chosen, light.from]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape") light.choose(null, "fields");
    const step = steps[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>("button[data-path]") ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    buttons[step(at, buttons.length - 1)]?.focus();
  }

  return (
    <Stack gap="md" ref={list} onKeyDown={onKeyDown}>
      {groups.map(({ title, short, entries }) => (
        <Stack key={title} component="section" className="card" p="md" gap="sm" aria-label={title}>
          <Title order={2} fz="1.05rem">
            {title}
          </Title>
          {entries.map((entry) => (
            <Entry key={entry.key} entry={entry} short={short} first={first} light={light} />
          ))}
        </Stack>
      ))}
      {groups.length === 0 && <Text c="dimmed">Nothing to show here.</Text>}
    </Stack>
  );
}
