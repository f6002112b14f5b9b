import { Badge, Group, Stack, Text, Title } from "@mantine/core";
import { type Resume, useListResumesQuery } from "../api";
import { problemOf } from "../api/problem";
import { CardSkeletons } from "../components/CardSkeletons";
import { Icon } from "../components/Icon";
import { ProblemNotice } from "../components/Notice";
import { PageHead } from "../components/PageHead";
import { ago, exactTime, fileSize } from "../format/words";
import { useAppSelector } from "../store";
import { DropZone } from "../upload/DropZone";
import { UploadProgress } from "../upload/Progress";

const looks: Record<Resume["status"], { label: string; color: string }> = {
  waiting: { label: "Waiting for its file", color: "gray" },
  extracted: { label: "Being read", color: "cobalt" },
  read: { label: "Read", color: "teal" },
  refused: { label: "Refused", color: "red" },
};

function Earlier({ resume, newest }: { resume: Resume; newest: boolean }) {
  const { label, color } = looks[resume.status];
  const facts = [resume.size === null ? null : fileSize(resume.size), ago(resume.created_at)];
  return (
    <Group component="li" className="card" p="md" wrap="nowrap" align="flex-start" gap="md">
      <Text c="dimmed" span lh={0} pt={2}>
        <Icon name="resume" size={24} />
      </Text>
      <Stack gap={2} style={{ flex: 1, minWidth: 0 }}>
        <Text fw={600} truncate title={resume.filename}>
          {resume.filename}
        </Text>
        <Text size="sm" c="dimmed" title={exactTime(resume.created_at)}>
          {facts.filter((fact) => fact !== null).join(" · ")}
          {newest && " · in use"}
        </Text>
        {resume.refusal !== null && (
          <Text size="sm" c="red">
            {resume.refusal.reason}
          </Text>
        )}
      </Stack>
      <Badge variant="light" color={color} tt="none" style={{ flex: "none" }}>
        {label}
      </Badge>
    </Group>
  );
}

/** Uploading a resume, and the earlier ones. */
export function ResumePage() {
  const uploading = useAppSelector((state) => state.upload.step !== null);
  const { data, error, isLoading, refetch } = useListResumesQuery();
  const resumes = data?.items ?? [];
  const inUse = resumes.find((resume) => resume.status === "read");
  return (
    <>
      <PageHead title="Your resume" tab="Resume" lead="The latest one that could be read is what postings are ranked against." />
      <Stack gap="xl" maw={760}>
        {uploading ? <UploadProgress /> : <DropZone />}
        <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />
        {isLoading && <CardSkeletons cards={1} />}
        {resumes.length > 0 && (
          <Stack component="section" gap="sm" aria-label="Uploaded resumes">
            <Title order={2}>Uploaded</Title>
            <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
              {resumes.map((resume) => (
                <Earlier key={resume.id} resume={resume} newest={resume.id === inUse?.id} />
              ))}
            </Stack>
          </Stack>
        )}
      </Stack>
    </>
  );
}
