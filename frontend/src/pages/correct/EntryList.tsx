import { ActionIcon, Button, Group, Stack, Text, Title, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Icon } from "../../components/Icon";
import { added, type Faults, kept, moved, type Row } from "./draft";
import { EntryFields } from "./EntryFields";
import classes from "./EntryList.module.css";
import { calledBy, kinds, type ListName, type Value } from "./kinds";

interface Props {
  name: ListName;
  rows: Row[];
  /** What is wrong with entries, by the number of the row and by part; "" is the entry itself. */
  faults: Faults;
  /** What stands below the heading of a list that was corrected. */
  below: ReactNode;
  /** The list is to be as it was read. */
  takenBack: boolean;
  onChange: (rows: Row[]) => void;
}

type Act = "up" | "down" | "open" | "undo";

/** A list of the profile: each entry opens in place, and can be moved, deleted and taken back. */
export function EntryList({ name, rows, faults, below, takenBack, onChange }: Props) {
  const { title, one } = kinds[name];
  const [opened, setOpened] = useState<number[]>([]);
  const [told, setTold] = useState("");
  const [wanted, setWanted] = useState<{ id: number; act: Act } | null>(null);
  const list = useRef<HTMLUListElement>(null);

  // A moved row takes its buttons along, and a deleted one has others: whoever uses the keyboard stays with them.
  useEffect(() => {
    if (wanted === null) return;
    const row = list.current?.querySelector(`[data-row="${wanted.id}"]`);
    const acts = { up: ["up", "down"], down: ["down", "up"], open: ["open"], undo: ["undo"] }[wanted.act];
    const buttons = acts.map((act) => row?.querySelector<HTMLElement>(`[data-act="${act}"]:not(:disabled)`));
    const field = wanted.act === "open" ? row?.querySelector<HTMLElement>("input") : null;
    (field ?? buttons.find((button) => button != null))?.focus();
    setWanted(null);
  }, [wanted]);

  function move(row: Row, step: -1 | 1) {
    const next = moved(rows, row.id, step);
    onChange(next);
    const place = kept(next).findIndex(({ id }) => id === row.id) + 1;
    setTold(`${calledBy(name, row.value).title} is now number ${place} of ${kept(next).length}`);
    setWanted({ id: row.id, act: step < 0 ? "up" : "down" });
  }

  function change(id: number, part: Partial<Row>) {
    onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  }

  function remove(row: Row) {
    change(row.id, { deleted: true });
    setTold(`${calledBy(name, row.value).title} is deleted`);
    setWanted({ id: row.id, act: "undo" });
  }

  function add() {
    const row = added(name, rows);
    onChange([...rows, row]);
    setOpened((now) => [...now, row.id]);
    setWanted({ id: row.id, act: "open" });
  }

  const toggle = (id: number) => setOpened((now) => (now.includes(id) ? now.filter((other) => other !== id) : [...now, id]));

  function shown(row: Row) {
    if (row.deleted) {
      return (
        <Group key={row.id} component="li" data-row={row.id} className={classes.row} justify="space-between" wrap="nowrap">
          <Text size="sm" c="dimmed" td="line-through" style={{ overflowWrap: "anywhere" }}>
            {calledBy(name, row.value).title}
          </Text>
          <Button
            size="compact-sm"
            variant="subtle"
            data-act="undo"
            style={{ flex: "none" }}
            aria-label={`Undo deleting ${calledBy(name, row.value).title}`}
            onClick={() => {
              change(row.id, { deleted: false });
              setWanted({ id: row.id, act: "open" });
            }}
          >
            Undo
          </Button>
        </Group>
      );
    }
    const at = kept(rows).indexOf(row);
    return (
      <Entry
        key={row.id}
        name={name}
        row={row}
        faults={faults[row.id] ?? {}}
        first={at === 0}
        last={at === kept(rows).length - 1}
        opened={opened.includes(row.id)}
        onToggle={() => toggle(row.id)}
        onChange={(value) => change(row.id, { value })}
        onMove={(step) => move(row, step)}
        onDelete={() => remove(row)}
      />
    );
  }

  return (
    <Stack role="group" gap="xs" aria-label={title}>
      <Title order={3} size="h5">
        {title}
      </Title>
      {below !== undefined && (
        <Text size="xs" c="dimmed" component="div">
          {below}
        </Text>
      )}
      {!takenBack && (
        <>
          <ul className={classes.rows} ref={list}>
            {rows.map(shown)}
          </ul>
          <Button
            variant="light"
            size="compact-md"
            leftSection={<Icon name="plus" size={16} />}
            style={{ alignSelf: "flex-start" }}
            onClick={add}
          >
            Add {one}
          </Button>
        </>
      )}
      <VisuallyHidden role="status">{told}</VisuallyHidden>
    </Stack>
  );
}

interface EntryProps {
  name: ListName;
  row: Row;
  faults: Record<string, string>;
  first: boolean;
  last: boolean;
  opened: boolean;
  onToggle: () => void;
  onChange: (value: Value) => void;
  onMove: (step: -1 | 1) => void;
  onDelete: () => void;
}

function Entry({ name, row, faults, first, last, opened, onToggle, onChange, onMove, onDelete }: EntryProps) {
  const { title, when } = calledBy(name, row.value);
  const wrong = Object.keys(faults).length > 0;
  // What is wrong is shown, whatever was closed.
  const open = opened || wrong;
  const own = faults[""];
  const acts = [
    { act: "up", label: `Move ${title} up`, icon: "up", disabled: first, run: () => onMove(-1) },
    { act: "down", label: `Move ${title} down`, icon: "down", disabled: last, run: () => onMove(1) },
    { act: "delete", label: `Delete ${title}`, icon: "trash", disabled: false, run: onDelete },
  ] as const;
  return (
    <li data-row={row.id} data-open={open || undefined} data-fault={wrong || undefined} className={classes.row}>
      <Group gap={2} wrap="nowrap" align="flex-start">
        <UnstyledButton data-act="open" aria-expanded={open} className={classes.called} onClick={onToggle}>
          <Text fw={600} size="sm">
            {title}
          </Text>
          {when !== null && (
            <Text size="xs" c="dimmed" className="numbers">
              {when}
            </Text>
          )}
        </UnstyledButton>
        {acts.map(({ act, label, icon, disabled, run }) => (
          <ActionIcon key={act} data-act={act} size="lg" variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={run}>
            <Icon name={icon} size={18} />
          </ActionIcon>
        ))}
      </Group>
      {own !== undefined && (
        <Text size="sm" c="red" role="alert">
          {own}
        </Text>
      )}
      {open && <EntryFields name={name} value={row.value} faults={faults} onChange={onChange} />}
    </li>
  );
}
