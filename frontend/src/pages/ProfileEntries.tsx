import { Anchor, Group, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { safeUrl } from "../format/url";

/** A card of the profile with its heading. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Stack component="section" className="card" p="lg" gap="md" aria-label={title}>
      <Title order={2}>{title}</Title>
      {children}
    </Stack>
  );
}

interface EntryProps {
  title: string;
  under: string;
  when: string | null;
  lines: string[];
  url?: string | null;
}

/** One item of a list: its title, what stands under it, when, and its lines. */
export function Entry({ title, under, when, lines, url = null }: EntryProps) {
  const href = url === null ? null : safeUrl(url);
  return (
    <li>
      <Group justify="space-between" gap="2px 12px">
        <Text fw={600} dir="auto" style={{ overflowWrap: "anywhere" }}>
          {href === null ? (
            title
          ) : (
            <Anchor href={href} target="_blank" rel="noopener" inherit>
              {title}
            </Anchor>
          )}
        </Text>
        <Text size="sm" c="dimmed" className="numbers">
          {when}
        </Text>
      </Group>
      {under !== "" && <Text size="sm" dir="auto">{under}</Text>}
      {lines.length > 0 && (
        <ul>
          {lines.map((line, index) => (
            <li key={index} dir="auto">
              {line}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** The words that say something, apart by dots. */
export function joined(...words: (string | null)[]): string {
  return words.filter((word) => word !== null && word !== "").join(" · ");
}
