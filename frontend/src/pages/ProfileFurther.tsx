import { Badge, Group, List, Text } from "@mantine/core";
import type { ProfileFields } from "../api";
import { rights } from "../format/personWords";
import { languageLevel, span } from "../format/words";
import { Entry, joined, Section } from "./ProfileEntries";
import classes from "./ProfilePage.module.css";

function duration(months: number | null): string {
  if (months === null) return "unknown time";
  if (months < 12) return months === 1 ? "1 month" : `${months} months`;
  const years = Math.round((months / 12) * 10) / 10;
  return years === 1 ? "1 year" : `${years} years`;
}

function place(index: number, profile: ProfileFields): string {
  const work = profile.work[index];
  return work?.company ?? work?.title ?? "a position";
}

/** How long and where each skill was used, as far as positions name it. */
export function SkillUses({ profile }: { profile: ProfileFields }) {
  if (profile.skill_uses.length === 0) return null;
  return (
    <Section title="Skills at work">
      <List listStyleType="none" spacing={6}>
        {profile.skill_uses.map((use) => (
          <List.Item key={use.skill.id}>
            <Text component="span" fw={600}>
              {use.skill.name}
            </Text>{" "}
            <Text component="span" size="sm" c="dimmed">
              {duration(use.months)} · {[...new Set(use.positions.map((index) => place(index, profile)))].join(", ")}
            </Text>
          </List.Item>
        ))}
      </List>
    </Section>
  );
}

/** Skills that the resume does not name as we do: what its words mean, and words that no list of ours has. */
export function InYourWords({ profile }: { profile: ProfileFields }) {
  const { linked_skills, other_skills } = profile;
  if (linked_skills.length + other_skills.length === 0) return null;
  return (
    <div role="group" aria-label="In your own words">
      <Text size="sm" fw={600} mt="md" mb={6}>
        In your own words
      </Text>
      {other_skills.length > 0 && (
        <Group gap={6} component="ul" className={classes.words}>
          {other_skills.map((words) => (
            <li key={words} dir="auto">
              <Badge variant="outline" color="gray" tt="none" fw={550} radius="sm" className={classes.word}>
                {words}
              </Badge>
            </li>
          ))}
        </Group>
      )}
      {linked_skills.length > 0 && (
        <Text size="sm" c="dimmed" mt={6} component="ul" className={classes.linked}>
          {linked_skills.map(({ skill, phrases }) => (
            <li key={skill.id}>
              “{phrases.join("”, “")}” is counted as {skill.name}
            </li>
          ))}
        </Text>
      )}
    </div>
  );
}

function Named({ title, items }: { title: string; items: { name: string; words: string; label: string | null }[] }) {
  if (items.length === 0) return null;
  return (
    <Section title={title}>
      <List listStyleType="none" spacing={6}>
        {items.map(({ name, words, label }) => (
          <List.Item key={name}>
            <Group gap="4px 10px">
              <Text fw={600} dir="auto">
                {name}
              </Text>
              {label !== null && (
                <Badge variant="light" color="gray" tt="none" radius="sm">
                  {label}
                </Badge>
              )}
              {words !== "" && (
                <Text size="sm" c="dimmed" dir="auto">
                  {words}
                </Text>
              )}
            </Group>
          </List.Item>
        ))}
      </List>
    </Section>
  );
}

interface Told {
  title: string;
  under?: string | null;
  when: string | null;
  lines?: string[];
  url?: string | null;
}

function Entries({ title, items }: { title: string; items: Told[] }) {
  if (items.length === 0) return null;
  return (
    <Section title={title}>
      <ol className={classes.entries}>
        {items.map((one, index) => (
          <Entry
            key={index}
            title={one.title}
            under={joined(one.under ?? null)}
            when={one.when}
            lines={one.lines ?? []}
            url={one.url ?? null}
          />
        ))}
      </ol>
    </Section>
  );
}

/** What a profile says beyond work and education; a section that has nothing is not shown. */
export function FurtherSections({ profile }: { profile: ProfileFields }) {
  const languages = profile.languages.map(({ language, fluency, level }) => {
    const label = level === null ? null : languageLevel(level);
    const words = fluency === null || fluency.toLowerCase() === label?.toLowerCase() ? "" : fluency;
    return { name: language, words, label };
  });
  const stated = profile.work_rights.map(({ words, kind }) => ({
    name: words,
    words: "",
    label: kind === null ? null : (rights[kind] ?? kind),
  }));
  return (
    <>
      <Entries
        title="Projects"
        items={profile.projects.map(({ name, description, start, end, url }) => ({
          title: name ?? "A project",
          when: span(start, end),
          lines: description?.split("\n") ?? [],
          url,
        }))}
      />
      <Entries
        title="Certificates"
        items={profile.certificates.map(({ name, issuer, date, url }) => ({
          title: name,
          under: issuer,
          when: span(null, date),
          url,
        }))}
      />
      <Entries
        title="Publications"
        items={profile.publications.map(({ name, publisher, date, url }) => ({
          title: name,
          under: publisher,
          when: span(null, date),
          url,
        }))}
      />
      <Entries
        title="Awards"
        items={profile.awards.map(({ title, awarder, date }) => ({ title, under: awarder, when: span(null, date) }))}
      />
      <Named title="Languages" items={languages} />
      <Named title="Right to work" items={stated} />
    </>
  );
}
