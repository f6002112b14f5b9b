import { Anchor, Box, Button, Group, Loader, Skeleton, Stack, Text, VisuallyHidden } from "@mantine/core";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { Link, useParams } from "react-router";
import { type Resume, type ResumeDocument, useGetProfileQuery, useGetResumeDocumentQuery, useGetResumeQuery } from "../../api";
import { problemOf } from "../../api/problem";
import { Icon } from "../../components/Icon";
import { Empty, ProblemNotice } from "../../components/Notice";
import { PageHead } from "../../components/PageHead";
import { ScanNotice } from "../../components/ScanNotice";
import { CorrectProfile } from "../CorrectProfile";
import { DocumentPane } from "./DocumentPane";
import { FieldList } from "./FieldList";
import { fieldsOf, groupsOf, missingOf, unsureOnly } from "./fields";
import { useLight } from "./lit";
import classes from "./Document.module.css";

const title = "Where it was read";

function Frame({ lead, aside, children }: { lead?: string | undefined; aside?: ReactNode; children: ReactNode }) {
  return (
    <>
      <Anchor component={Link} to="/resume" size="sm" mb="sm" display="inline-flex" style={{ alignItems: "center", gap: 4 }}>
        <Icon name="back" size={16} />
        Your resumes
      </Anchor>
      <PageHead title={title} {...(lead === undefined ? {} : { lead })} aside={aside} />
      {children}
    </>
  );
}

function Skeletons() {
  return (
    <div className={classes.columns} role="status" data-testid="skeletons">
      <VisuallyHidden>Loading</VisuallyHidden>
      <Skeleton className={classes.sheetToCome ?? ""} radius="lg" aria-hidden />
      <Stack gap="md" aria-hidden>
        {[150, 110, 220, 120].map((height, index) => (
          <Skeleton key={index} height={height} radius="lg" />
        ))}
      </Stack>
    </div>
  );
}

/** Leads to the form for corrections, of what is in use only: an older resume says nothing any more. */
function Correct({ resumeId }: { resumeId: string }) {
  const { data } = useGetProfileQuery();
  return data?.resume_id === resumeId ? <CorrectProfile data={data} /> : null;
}

function Beside({ document, onBroken }: { document: ResumeDocument; onBroken: () => void }) {
  const [checking, setChecking] = useState(false);
  const light = useLight();
  const all = useMemo(() => groupsOf(document), [document]);
  const unsure = useMemo(() => unsureOnly(all), [all]);
  const shown = checking ? unsure : all;
  const fields = useMemo(() => fieldsOf(shown), [shown]);
  const count = fieldsOf(unsure).length;
  const judged = fieldsOf(all).some(({ confidence }) => confidence !== null);
  const missing = missingOf(document.profile);
  if (all.length === 0) {
    return (
      <div className={classes.columns}>
        <DocumentPane document={document} fields={fields} light={light} onBroken={onBroken} />
        <Empty icon="search" title="Nothing was found in it">
          No name, no work and no skill could be told from this file. The text beside is what was read of it.
        </Empty>
      </div>
    );
  }
  return (
    <div className={classes.columns}>
      <DocumentPane document={document} fields={fields} light={light} onBroken={onBroken} />
      <section className={classes.side} aria-label="What was read">
        <Group justify="space-between" gap="xs">
          {judged && (
            <Button
              size="xs"
              variant={checking ? "filled" : "default"}
              aria-pressed={checking}
              disabled={count === 0 && !checking}
              leftSection={<Icon name={count === 0 ? "check" : "filter"} size={16} />}
              onClick={() => setChecking(!checking)}
            >
              {count === 0 ? (missing.length > 0 ? "Nothing read needs checking" : "Nothing needs checking") : `Only what needs checking (${count})`}
            </Button>
          )}
          <Text size="xs" c="dimmed" visibleFrom="md">
            Arrow keys go from field to field
          </Text>
        </Group>
        {missing.length > 0 && (
          <Text size="sm" c="dimmed">
            Not found: {missing.join(", ")}. What the file does say can be added by hand under “Correct it”.
          </Text>
        )}
        <FieldList groups={shown} light={light} />
      </section>
    </div>
  );
}

function Read({ resume }: { resume: Resume }) {
  const { data, error, isLoading, refetch } = useGetResumeDocumentQuery({ resumeId: resume.id });
  const renewed = useRef(false);
  const problem = problemOf(error);

  /** Addresses of pictures hold for a while only: once, new ones are asked for. */
  function renew() {
    if (renewed.current) return;
    renewed.current = true;
    void refetch();
  }

  return (
    <Frame lead={resume.filename} aside={<Correct resumeId={resume.id} />}>
      {data?.scan != null && (
        <Box mb="md">
          <ScanNotice scan={data.scan} />
        </Box>
      )}
      {problem?.status === 404 ? (
        <Empty icon="resume" title="What was read is not kept with its places">
          Upload this resume again to see where each field stands in it.
          <Button component={Link} to="/resume">
            Upload it again
          </Button>
        </Empty>
      ) : (
        <ProblemNotice problem={problem} onRetry={() => void refetch()} />
      )}
      {isLoading && <Skeletons />}
      {data !== undefined && <Beside document={data} onBroken={renew} />}
    </Frame>
  );
}

function NotRead({ resume }: { resume: Resume }) {
  if (resume.status === "refused") {
    return (
      <Empty icon="alert" title="This file could not be read">
        {resume.refusal?.reason}
        <Button component={Link} to="/resume">
          Upload another file
        </Button>
      </Empty>
    );
  }
  return (
    <Empty icon="resume" title={resume.status === "waiting" ? "Waiting for its file" : "Being read"}>
      <Loader size="sm" aria-label="Being read" />
      <Text role="status">This page fills by itself as soon as the resume is read.</Text>
    </Empty>
  );
}

const again = 2_000;

/** The document of a resume, and beside it what was read from it, each lighting up with the other. */
export function DocumentPage() {
  const { resumeId = "" } = useParams();
  const [settled, setSettled] = useState(false);
  const { currentData: resume, error, refetch } = useGetResumeQuery(
    { resumeId },
    { pollingInterval: settled ? 0 : again, skipPollingIfUnfocused: true },
  );
  const done = error !== undefined || resume?.status === "read" || resume?.status === "refused";
  if (done !== settled) setSettled(done);
  const problem = problemOf(error);
  if (problem?.status === 404) {
    return (
      <Frame>
        <Empty icon="search" title="There is no such resume">
          It may have been deleted, or be another person’s.
          <Button component={Link} to="/resume">
            See your resumes
          </Button>
        </Empty>
      </Frame>
    );
  }
  if (resume === undefined) {
    return (
      <Frame>
        <ProblemNotice problem={problem} onRetry={() => void refetch()} />
        {problem === null && <Skeletons />}
      </Frame>
    );
  }
  if (resume.status === "read") return <Read key={resume.id} resume={resume} />;
  return (
    <Frame lead={resume.filename}>
      <NotRead resume={resume} />
    </Frame>
  );
}
