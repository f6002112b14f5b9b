import { Alert, Button, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { ProblemInWords } from "../api/problem";
import { Icon, type IconName } from "./Icon";

/** A problem in words, with a way to try again where there is one. */
export function ProblemNotice({ problem, onRetry }: { problem: ProblemInWords | null; onRetry?: () => void }) {
  if (problem === null) return null;
  return (
    <Alert color="red" variant="light" title={problem.title} icon={<Icon name="alert" />} role="alert">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{problem.detail}</Text>
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry} leftSection={<Icon name="refresh" size={14} />}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** What a page says when it has nothing to show. */
export function Empty({ icon, title, children }: { icon: IconName; title: string; children: ReactNode }) {
  return (
    <Stack className="card" align="center" gap="sm" px="lg" py={56} ta="center">
      <Text c="dimmed" component="span">
        <Icon name={icon} size={40} />
      </Text>
      <Title order={2}>{title}</Title>
      <Stack maw={460} align="center" gap="md" c="dimmed">
        {children}
      </Stack>
    </Stack>
  );
}
