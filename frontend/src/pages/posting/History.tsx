import { Button, Collapse, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useDisclosure, useId } from "@mantine/hooks";
import { useListVersionsQuery, type Version } from "../../api";
import { problemOf } from "../../api/problem";
import { Icon } from "../../components/Icon";
import { ProblemNotice } from "../../components/Notice";
import { closings, events, fieldName, fieldValue } from "../../format/postingWords";
import { counted, exactTime, moment } from "../../format/words";
import classes from "./PostingPage.module.css";

function textChange({ words_added, words_removed }: Version): string | null {
  const parts = [
    words_added > 0 ? `${counted(words_added, "word")} more` : null,
    words_removed > 0 ? `${counted(words_removed, "word")} less` : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(", ") : null;
}

function Entry({ version }: { version: Version }) {
  const text = textChange(version);
  return (
    <li>
      <Text size="sm" fw={600}>
        {events[version.event]}
        <Text span inherit c="dimmed" fw={400}>
          {" · "}
          <time dateTime={version.at} title={exactTime(version.at)}>
            {moment(version.at)}
          </time>
        </Text>
      </Text>
      {version.reason !== null && <Text size="sm">Because {closings[version.reason]}.</Text>}
      {version.changes.length > 0 && (
        <dl className={classes.changes}>
          {version.changes.map(({ field, old, new: now }) => (
            <div key={field}>
              <dt>{fieldName(field)}</dt>
              <dd>
                <del>{fieldValue(field, old)}</del> <span aria-hidden="true">→</span> <ins>{fieldValue(field, now)}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {text !== null && (
        <Text size="sm" c="dimmed">
          Text: {text}
        </Text>
      )}
      {version.old_text !== null && (
        <details className={classes.before}>
          <summary>The text before</summary>
          <p>{version.old_text}</p>
        </details>
      )}
    </li>
  );
}

function Versions({ postingId }: { postingId: string }) {
  const { currentData, error, refetch } = useListVersionsQuery({ postingId, limit: 50 });
  const problem = problemOf(error);
  if (problem !== null) return <ProblemNotice problem={problem} onRetry={() => void refetch()} />;
  if (currentData === undefined) return <Skeleton height={90} />;
  if (currentData.items.length === 0) return <Text size="sm">Nothing was changed yet.</Text>;
  return (
    <ol className={classes.versions}>
      {currentData.items.map((version) => (
        <Entry key={`${version.at} ${version.event}`} version={version} />
      ))}
    </ol>
  );
}

/** What was changed, field by field; it is asked for when it is opened. */
export function History({ postingId }: { postingId: string }) {
  const [opened, { toggle }] = useDisclosure(false);
  const panel = useId();
  return (
    <Stack className="card" p="lg" gap="sm" component="section" aria-label="History of changes">
      <Title order={2} size="h3">
        History of changes
      </Title>
      <Button
        size="compact-sm"
        variant="subtle"
        ml={-8}
        style={{ alignSelf: "flex-start" }}
        aria-expanded={opened}
        aria-controls={panel}
        onClick={toggle}
        rightSection={
          <Text span lh={0} style={{ rotate: opened ? "180deg" : "0deg" }}>
            <Icon name="down" size={16} />
          </Text>
        }
      >
        {opened ? "Hide what was changed" : "Show what was changed"}
      </Button>
      <Collapse expanded={opened} id={panel}>
        {opened && <Versions postingId={postingId} />}
      </Collapse>
    </Stack>
  );
}
