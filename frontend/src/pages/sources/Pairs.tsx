import { ActionIcon, Button, Group, Input, PasswordInput, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { Icon } from "../../components/Icon";
import type { PairFault } from "./ownFaults";
import type { Pair, SecretPair } from "./ownForm";
import classes from "./SourcesPage.module.css";

interface ListProps<T extends Pair> {
  label: string;
  description: string;
  noun: string;
  pairs: T[];
  error: string | undefined;
  most: number;
  fresh: T;
  onChange: (pairs: T[]) => void;
  row: (pair: T, change: (part: Partial<T>) => void, index: number) => React.ReactNode;
}

/** Rows of name and value that can be added and taken away. */
function PairList<T extends Pair>({ label, description, noun, pairs, error, most, fresh, onChange, row }: ListProps<T>) {
  return (
    <Input.Wrapper label={label} labelElement="div" description={description} error={error}>
      <Stack gap={8} mt={6} role="group" aria-label={label} {...(error !== undefined && { tabIndex: -1, "data-fault": true })}>
        {pairs.map((pair, index) => (
          <Group key={index} gap={8} wrap="nowrap" align="flex-start">
            <div style={{ flex: 1, minWidth: 0 }}>
              {row(pair, (part) => onChange(pairs.map((old, at) => (at === index ? { ...old, ...part } : old))), index)}
            </div>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={`Take away ${noun} ${index + 1}`}
              onClick={() => onChange(pairs.filter((_, at) => at !== index))}
            >
              <Icon name="trash" size={17} />
            </ActionIcon>
          </Group>
        ))}
        {pairs.length < most && (
          <Button
            size="compact-sm"
            variant="subtle"
            style={{ alignSelf: "flex-start" }}
            leftSection={<Icon name="plus" size={14} />}
            onClick={() => onChange([...pairs, fresh])}
          >
            Add a {noun}
          </Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

type Common = Pick<ListProps<Pair>, "label" | "description" | "noun" | "pairs" | "error" | "most" | "onChange">;

export function Pairs({ faultOf, ...props }: Common & { faultOf: (pair: Pair) => PairFault }) {
  return (
    <PairList
      {...props}
      fresh={{ name: "", value: "" }}
      row={(pair, change, index) => (
        <div className={classes.pair}>
          <TextInput
            aria-label={`Name of ${props.noun} ${index + 1}`}
            placeholder="Name"
            maxLength={100}
            value={pair.name}
            error={faultOf(pair).name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`Value of ${props.noun} ${index + 1}`}
            placeholder="Value"
            maxLength={500}
            value={pair.value}
            error={faultOf(pair).value}
            onChange={(event) => change({ value: event.currentTarget.value })}
          />
        </div>
      )}
    />
  );
}

interface SecretProps {
  pairs: SecretPair[];
  set: string[];
  error: string | undefined;
  faultOf: (pair: SecretPair) => PairFault;
  onChange: (pairs: SecretPair[]) => void;
}

export function SecretPairs({ pairs, set, error, faultOf, onChange }: SecretProps) {
  return (
    <PairList
      label="Secrets"
      description="Keys and tokens. They are encrypted, and never shown again."
      noun="secret"
      pairs={pairs}
      error={error}
      most={10}
      fresh={{ where: "header", name: "", value: "", secret: null }}
      onChange={onChange}
      row={(pair, change, index) => {
        const fault = faultOf(pair);
        const kept = pair.secret !== null && set.includes(pair.secret);
        return (
          <Stack gap={6}>
            <SegmentedControl
              size="xs"
              aria-label={`Where secret ${index + 1} is sent`}
              data={[
                { value: "header", label: "In a header" },
                { value: "query", label: "In the address" },
              ]}
              value={pair.where}
              onChange={(where) => change({ where: where as SecretPair["where"], secret: null })}
            />
            <div className={classes.pair}>
              <TextInput
                aria-label={`Name of secret ${index + 1}`}
                placeholder={pair.where === "header" ? "Authorization" : "api_key"}
                maxLength={100}
                value={pair.name}
                error={fault.name}
                onChange={(event) => change({ name: event.currentTarget.value })}
              />
              <PasswordInput
                aria-label={`Secret ${index + 1}`}
                placeholder={kept ? "Set: leave empty to keep it" : "Bearer …"}
                autoComplete="off"
                maxLength={2000}
                value={pair.value}
                error={fault.value}
                aria-invalid={fault.value !== undefined}
                onChange={(event) => change({ value: event.currentTarget.value })}
              />
            </div>
          </Stack>
        );
      }}
    />
  );
}
