import { Badge, Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useCreateOwnSourceMutation, useUpdateSettingMutation } from "../../api";
import { problemOf } from "../../api/problem";
import { ProblemNotice } from "../../components/Notice";
import { ownBoard } from "./boards";

interface Props {
  sourceId: string;
  company: string;
  system: string;
  on: boolean;
  /** It is one of the person's own sources already. */
  own: boolean;
  administers: boolean;
  children?: ReactNode;
}

/** A company's board, and how it is made a source: for everybody, or for oneself. */
export function BoardRow({ sourceId, company, system, on, own, administers, children }: Props) {
  const [decide, deciding] = useUpdateSettingMutation();
  const [add, adding] = useCreateOwnSourceMutation();
  const everybody = on || deciding.isSuccess;
  const mine = own || adding.isSuccess;
  const problem = problemOf(deciding.error ?? adding.error);
  return (
    <li aria-label={company}>
      <div style={{ minWidth: 0, flex: "1 1 14rem" }}>
        <Text fw={600} style={{ overflowWrap: "anywhere" }}>
          {company}
        </Text>
        <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
          {system}
          {children}
        </Text>
      </div>
      <Group gap="xs" role="group" aria-label={`Add ${company}`}>
        {everybody && (
          <Badge color="teal" variant="light" tt="none">
            Collected for everybody
          </Badge>
        )}
        {!everybody && administers && (
          <Button
            size="xs"
            variant="light"
            loading={deciding.isLoading}
            onClick={() => void decide({ sourceId, settingRequest: { on: true, accepted: false } })}
          >
            Collect for everybody
          </Button>
        )}
        {mine && (
          <Badge color="cobalt" variant="light" tt="none">
            Among your sources
          </Badge>
        )}
        {!mine && !everybody && (
          <Button
            size="xs"
            variant="default"
            loading={adding.isLoading}
            onClick={() => void add({ ownSourceRequest: ownBoard(sourceId, company) })}
          >
            Add to my sources
          </Button>
        )}
      </Group>
      {problem !== null && (
        <div style={{ flexBasis: "100%" }}>
          <ProblemNotice problem={problem} />
        </div>
      )}
    </li>
  );
}
