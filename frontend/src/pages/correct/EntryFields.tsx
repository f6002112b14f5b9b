import { Checkbox, Select, SimpleGrid, Textarea, TextInput } from "@mantine/core";
import { kinds, type ListName, type Part, type Value } from "./kinds";

interface Props {
  name: ListName;
  value: Value;
  /** What is wrong, by part. */
  faults: Record<string, string>;
  onChange: (value: Value) => void;
}

const lengths = { text: 500, date: 20, lines: 20_000, long: 5_000 } as const;

/** The inputs of one entry. */
export function EntryFields({ name, value, faults, onChange }: Props) {
  const { parts } = kinds[name];

  function change({ name: part, clears }: Part, said: string | boolean) {
    // What is unticked clears nothing.
    const cleared = clears === undefined || said === false ? {} : { [clears]: "" };
    onChange({ ...value, ...cleared, [part]: said });
  }

  function faultOf(part: string): string | undefined {
    return Object.entries(faults).find(([at]) => at === part || at.startsWith(`${part}.`))?.[1];
  }

  function input(part: Part) {
    const { label, kind, options } = part;
    const said = value[part.name];
    const fault = faultOf(part.name);
    if (kind === "check") {
      return (
        <Checkbox
          label={label}
          checked={said === true}
          error={fault}
          style={{ alignSelf: "center" }}
          onChange={(event) => change(part, event.currentTarget.checked)}
        />
      );
    }
    const shown = typeof said === "string" ? said : "";
    if (kind === "choice") {
      const data = Object.entries(options ?? {}).map(([key, words]) => ({ value: key, label: words }));
      return (
        <Select
          label={label}
          data={data}
          clearable
          placeholder="Not known"
          value={shown === "" ? null : shown}
          error={fault}
          onChange={(chosen) => change(part, chosen ?? "")}
        />
      );
    }
    const common = { label, value: shown, error: fault, maxLength: kind === "hidden" ? 0 : lengths[kind] };
    if (kind === "lines" || kind === "long") {
      const rows = Math.min(12, Math.max(3, shown.split("\n").length + 1));
      return <Textarea {...common} rows={rows} resize="vertical" onChange={(event) => change(part, event.currentTarget.value)} />;
    }
    const goesOn = part.name === "end" && value.current === true;
    return (
      <TextInput
        {...common}
        {...(kind === "date" ? { placeholder: goesOn ? "Now" : "2021 or 2021-03" } : {})}
        disabled={goesOn}
        onChange={(event) => change(part, event.currentTarget.value)}
      />
    );
  }

  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" pt="xs">
      {parts
        .filter(({ kind }) => kind !== "hidden")
        .map((part) => (
          <div key={part.name} style={part.kind === "lines" || part.kind === "long" ? { gridColumn: "1 / -1" } : {}}>
            {input(part)}
          </div>
        ))}
    </SimpleGrid>
  );
}
