import { Group, type MantineSpacing, Stack, Text, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";

interface Props {
  title: string;
  lead?: ReactNode;
  aside?: ReactNode;
  /** The browser tab's words, where they are not the title. */
  tab?: string;
  mb?: MantineSpacing;
}

/** A page's first heading; it also names the browser tab. */
export function PageHead({ title, lead, aside, tab = title, mb = "lg" }: Props) {
  useEffect(() => {
    document.title = `${tab} · Jobtracker`;
  }, [tab]);
  return (
    <Group justify="space-between" align="flex-end" gap="md" mb={mb}>
      <Stack gap={4} style={{ flex: "1 1 20rem" }}>
        <Title order={1}>{title}</Title>
        {lead !== undefined && (
          <Text c="dimmed" component="div">
            {lead}
          </Text>
        )}
      </Stack>
      {aside}
    </Group>
  );
}
