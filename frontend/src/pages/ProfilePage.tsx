import { Anchor, Button, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import { type Education, type ProfileFields, useGetProfileQuery, type Work } from "../api";
import { problemOf } from "../api/problem";
import { CardSkeletons } from "../components/CardSkeletons";
import { Empty, ProblemNotice } from "../components/Notice";
import { PageHead } from "../components/PageHead";
import { Skills } from "../components/Skills";
import { safeUrl } from "../format/url";
import { ago, placesInWords, seniorities, sites, span } from "../format/words";
import { Conflicts } from "./Conflicts";
import { CorrectProfile } from "./CorrectProfile";
import { LanguageModel } from "./LanguageModel";
import { PreferencesForm } from "./PreferencesForm";
import { Entry, joined, Section } from "./ProfileEntries";
import { FurtherSections, InYourWords, SkillUses } from "./ProfileFurther";
import classes from "./ProfilePage.module.css";

function workEntry(work: Work, index: number) {
  const title = work.title ?? work.company ?? "A position";
  const under = joined(work.title === null ? null : work.company, work.place);
  const when = span(work.start, work.end, work.current);
  return <Entry key={index} title={title} under={under} when={when} lines={work.bullets} />;
}

function educationEntry(course: Education, index: number) {
  const degree = joined(course.degree, course.area);
  const title = degree || (course.institution ?? "A course of study");
  const under = degree === "" ? "" : (course.institution ?? "");
  return <Entry key={index} title={title} under={under} when={span(course.start, course.end)} lines={course.score === null ? [] : [`Grade: ${course.score}`]} />;
}

function Contact({ profile }: { profile: ProfileFields }) {
  const place = profile.place === null ? null : placesInWords([profile.place]);
  const level = profile.seniority === null ? null : seniorities[profile.seniority];
  const years = profile.years === null ? null : `${Math.round(profile.years * 10) / 10} years of work`;
  const lines = [joined(place, level, years), joined(...profile.emails, ...profile.phones)].filter((line) => line !== "");
  return (
    <Stack className="card" p="lg" gap={6} component="section" aria-label="Contact">
      <Title order={2} fz="1.5rem" dir="auto">
        {profile.name ?? "Name not found"}
      </Title>
      {profile.label !== null && <Text size="lg" dir="auto">{profile.label}</Text>}
      {lines.map((line) => (
        <Text key={line} size="sm" c="dimmed" dir="auto" style={{ overflowWrap: "anywhere" }}>
          {line}
        </Text>
      ))}
      <Group gap="md">
        {profile.links.map(({ kind, url }) => {
          const href = safeUrl(url) ?? safeUrl(`https://${url}`);
          return href === null ? null : (
            <Anchor key={url} href={href} target="_blank" rel="noopener" size="sm">
              {sites[kind] ?? new URL(href).hostname}
            </Anchor>
          );
        })}
      </Group>
      {profile.summary !== null && <Text mt="xs" dir="auto">{profile.summary}</Text>}
    </Stack>
  );
}

/** What was read from the resume, and what the person wants. */
export function ProfilePage() {
  const { data, error, isLoading, refetch } = useGetProfileQuery();
  const problem = problemOf(error);
  if (problem?.status === 404) {
    return (
      <>
        <PageHead title="Your profile" tab="Profile" />
        <Empty icon="person" title="No profile yet">
          Your profile is read from your resume: nothing to fill in.
          <Button component={Link} to="/resume">
            Upload a resume
          </Button>
        </Empty>
      </>
    );
  }
  if (data === undefined) {
    return (
      <>
        <PageHead title="Your profile" tab="Profile" />
        <ProblemNotice problem={problem} onRetry={() => void refetch()} />
        {isLoading && <CardSkeletons cards={3} />}
      </>
    );
  }
  const { profile } = data;
  const reader = data.read_by === "rules and Claude" ? " with Claude’s help" : "";
  return (
    <>
      <PageHead
        title="Your profile"
        tab="Profile"
        lead={`As it was read from your resume${reader}${data.corrections.length > 0 ? " and you corrected it" : ""} · changed ${ago(data.changed_at)}`}
        aside={
          <Group gap="sm">
            {data.resume_id !== null && (
              <Button component={Link} to={`/resume/${encodeURIComponent(data.resume_id)}`} variant="default">
                See where it was read
              </Button>
            )}
            <CorrectProfile data={data} />
            <Button component={Link} to="/resume" variant="default">
              Upload a newer resume
            </Button>
          </Group>
        }
      />
      <div className={classes.columns}>
        <Stack gap="md" miw={0}>
          <Conflicts data={data} />
          <Contact profile={profile} />
          <Section title="Skills">
            {profile.skills.length > 0 ? (
              <Skills kind="matched" skills={profile.skills} limit={60} />
            ) : (
              <Text c="dimmed">No skills were found in your resume.</Text>
            )}
            <InYourWords profile={profile} />
          </Section>
          {profile.work.length > 0 && (
            <Section title="Work">
              <ol className={classes.entries}>{profile.work.map(workEntry)}</ol>
            </Section>
          )}
          {profile.education.length > 0 && (
            <Section title="Education">
              <ol className={classes.entries}>{profile.education.map(educationEntry)}</ol>
            </Section>
          )}
          <SkillUses profile={profile} />
          <FurtherSections profile={profile} />
        </Stack>
        <Stack gap="md">
          <Section title="What you want">
            <PreferencesForm preferences={data.preferences} />
          </Section>
          <LanguageModel />
        </Stack>
      </div>
    </>
  );
}
