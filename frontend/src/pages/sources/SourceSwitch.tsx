import { Checkbox, Switch, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { type Source, useUpdateSettingMutation } from "../../api";
import { problemOf } from "../../api/problem";
import { Confirm } from "../../components/Confirm";
import { ProblemNotice } from "../../components/Notice";

/** The conditions of a restricted source, which somebody must have read before it is turned on. */
function Conditions({ source, opened, onClose }: { source: Source; opened: boolean; onClose: () => void }) {
  const [read, setRead] = useState(false);
  const [decide, { isLoading, error, reset }] = useUpdateSettingMutation();

  function close() {
    setRead(false);
    reset();
    onClose();
  }

  async function turnOn() {
    const answer = await decide({ sourceId: source.id, settingRequest: { on: true, accepted: true } });
    if (answer.error === undefined) close();
  }

  return (
    <Confirm
      opened={opened}
      title={`Turn on ${source.name}?`}
      action="Turn on"
      busy={isLoading}
      disabled={!read}
      problem={problemOf(error)}
      onConfirm={() => void turnOn()}
      onClose={close}
    >
      <Text size="sm">{source.conditions}</Text>
      <Text size="sm" c="dimmed">
        It is turned on for everybody. Whoever turns it on answers for it.
      </Text>
      <Checkbox
        label="I have read this, and accept it"
        checked={read}
        onChange={(event) => setRead(event.currentTarget.checked)}
      />
    </Confirm>
  );
}

/** Turns a source on or off for everybody. */
export function SourceSwitch({ source }: { source: Source }) {
  const [asks, { open, close }] = useDisclosure(false);
  const [decide, { isLoading, error }] = useUpdateSettingMutation();
  const keyMissing = !source.on && source.secrets.some((name) => !source.secrets_set.includes(name));

  // The sample asks nobody: unless it was turned off, whoever wants it may have it.
  const onDemand = source.kind === "sample" && source.status !== "off";

  function change(on: boolean) {
    if (on && source.terms === "restricted") open();
    else void decide({ sourceId: source.id, settingRequest: { on, accepted: source.accepted } });
  }

  return (
    <>
      <Switch
        size="sm"
        aria-label={`Collect ${source.name} for everybody`}
        label={keyMissing ? "Set its key first" : source.on ? "On" : onDemand ? "Only when asked for" : "Off"}
        checked={source.on}
        disabled={isLoading || keyMissing}
        onChange={(event) => change(event.currentTarget.checked)}
      />
      <ProblemNotice problem={problemOf(error)} />
      {source.terms === "restricted" && <Conditions source={source} opened={asks} onClose={close} />}
    </>
  );
}
