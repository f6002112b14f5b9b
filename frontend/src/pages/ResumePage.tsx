import { Anchor, Badge, Button, Group, Stack, Text, Title, VisuallyHidden } from "@mantine/core";
import { Link } from "react-router";
import { type Resume, useGetProfileQuery, useListResumesQuery } from "../api";
import { problemOf } from "../api/problem";
import { CardSkeletons } from "../components/CardSkeletons";
import { Icon } from "../components/Icon";
import { ProblemNotice } from "../components/Notice";
import { PageHead } from "../components/PageHead";
import { ScanNotice } from "../components/ScanNotice";
import { ago, exactTime, fileSize } from "../format/words";
import { useAppSelector } from "../store";
import { DropZone } from "../upload/DropZone";
import { UploadProgress } from "../upload/Progress";
import { howUsed, UseResume } from "./UseResume";
import classes from "./ResumePage.module.css";

const looks: Record<Resume["status"], { label: string; color: string }> = {
  waiting: { label: "Waiting for its file", color: "gray" },
  extracted: { label: "Being read", color: "cobalt" },
  read: { label: "Read", color: "teal" },
  refused: { label: "Refused", color: "red" },
};

function Earlier({ resume, inUse, newest }: { resume: Resume; inUse: string[]; newest: string | undefined }) {
  const { label, color } = looks[resume.status];
  const facts = [resume.size === null ? null : fileSize(resume.size), ago(resume.created_at)];
  return (
    <Group component="li" className="card" p="md" wrap="nowrap" align="flex-start" gap="md" data-resume={resume.status}>
      <Text c="dimmed" span lh={0} pt={2}>
        <Icon name="resume" size={24} />
      </Text>
      <Stack gap={2} style={{ flex: 1, minWidth: 0 }}>
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Text fw={600} truncate title={resume.filename}>
            {resume.filename}
          </Text>
          <Badge variant="light" color={color} tt="none" style={{ flex: "none" }}>
            {label}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed" title={exactTime(resume.created_at)}>
          {facts.filter((fact) => fact !== null).join(" · ")}
          {howUsed(resume.id, inUse)}
          {resume.read_by === "rules and Claude" && " · read with Claude’s help"}
        </Text>
        {resume.refusal !== null && (
          <Text size="sm" c="red">
            {resume.refusal.reason}
          </Text>
        )}
        {resume.scan !== null && <ScanNotice scan={resume.scan} />}
        {resume.status === "read" && (
          <Anchor component={Link} to={`/resume/${encodeURIComponent(resume.id)}`} size="sm" style={{ alignSelf: "flex-start" }}>
            See where it was read
            <VisuallyHidden>: {resume.filename}</VisuallyHidden>
          </Anchor>
        )}
        {resume.status === "read" && (
          <UseResume id={resume.id} filename={resume.filename} inUse={inUse} newest={newest} />
        )}
      </Stack>
    </Group>
  );
}

const hints = [
  "A scan or a photo is read slower and less surely. A PDF from the program the resume was written in is best.",
  "Name your skills in words: they are the largest part of every score.",
  "A newer upload takes the place of the one in use, or goes before those used together, and every posting is ranked anew.",
];

/** Uploading a resume, and the earlier ones. */
export function ResumePage() {
  const uploading = useAppSelector((state) => state.upload.step !== null);
  const { data, error, isLoading, refetch } = useListResumesQuery();
  const resumes = data?.items ?? [];
  const newest = resumes.find((resume) => resume.status === "read")?.id;
  const { currentData: profile } = useGetProfileQuery(undefined, { skip: newest === undefined });
  const inUse = profile?.resume_ids ?? [];
  return (
    <>
      <PageHead title="Your resume" tab="Resume" lead="The newest one that could be read is what postings are ranked against, or those that you use together." />
      <div className={classes.columns}>
        <Stack gap="xl" miw={0}>
          {uploading ? <UploadProgress /> : <DropZone />}
          <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />
          {isLoading && <CardSkeletons cards={1} />}
          {resumes.length > 0 && (
            <Stack component="section" gap="sm" aria-label="Uploaded resumes">
              <Title order={2}>Uploaded</Title>
              <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
                {resumes.map((resume) => (
                  <Earlier key={resume.id} resume={resume} inUse={inUse} newest={newest} />
                ))}
              </Stack>
            </Stack>
          )}
        </Stack>
        <Stack component="aside" className="card" p="lg" gap="sm" aria-label="Good to know">
          <Title order={2} size="h3">
            Good to know
          </Title>
          <ul className={classes.hints}>
            {hints.map((hint) => (
              <li key={hint}>{hint}</li>
            ))}
          </ul>
          {newest !== undefined && (
            <Button component={Link} to="/profile" variant="light" style={{ alignSelf: "flex-start" }}>
              See your profile
            </Button>
          )}
        </Stack>
      </div>
    </>
  );
}
