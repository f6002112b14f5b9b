import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import type { ProblemInWords } from "../api/problem";
import { ProblemNotice } from "./Notice";

interface Props {
  opened: boolean;
  title: string;
  children: ReactNode;
  action: string;
  color?: string;
  busy: boolean;
  disabled?: boolean;
  problem: ProblemInWords | null;
  onConfirm: () => void;
  onClose: () => void;
}

/** A question before something that cannot be taken back, or that takes a decision. */
export function Confirm({ opened, title, children, action, color, busy, disabled = false, problem, onConfirm, onClose }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered closeButtonProps={{ "aria-label": "Close" }}>
      <Stack gap="md">
        {children}
        <ProblemNotice problem={problem} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button {...(color === undefined ? {} : { color })} loading={busy} disabled={disabled} onClick={onConfirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
