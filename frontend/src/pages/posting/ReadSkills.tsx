import { Badge, Button, Group, Loader, Text, VisuallyHidden } from "@mantine/core";
import type { PostingSkill, Span } from "../../api";
import classes from "./ReadSkills.module.css";
import { likeOf, wordsOf } from "./readSkills";

interface Props {
  skills: PostingSkill[];
  /** Show a place of the description. */
  onShow: (spans: Span[]) => void;
}

/** Skills that were read from the text: each shows its place there. */
export function ReadSkills({ skills, onShow }: Props) {
  return (
    <Group gap={6} component="ul" aria-label="Read from the text" className={classes.list}>
      {skills.map((skill) => {
        const like = likeOf(skill);
        return (
          <li key={`${skill.skill?.id ?? ""} ${skill.phrase}`}>
            <Badge
              component="button"
              type="button"
              variant="light"
              color={skill.in_profile ? "teal" : "gray"}
              tt="none"
              fw={550}
              size="md"
              radius="sm"
              className={classes.read}
              title="Show it in the text"
              onClick={() => onShow(skill.spans)}
            >
              {wordsOf(skill)}
              {like !== null && <span className={classes.like}> like {like}</span>}
              {skill.in_profile && <VisuallyHidden>, which you have</VisuallyHidden>}
            </Badge>
          </li>
        );
      })}
    </Group>
  );
}

interface State {
  waiting: boolean;
  failed: boolean;
  shown: boolean;
  onRetry: () => void;
}

/** How far the reading of the text has come, and what its skills look like. */
export function ReadState({ waiting, failed, shown, onRetry }: State) {
  if (waiting) {
    return (
      <Group gap="xs" role="status" c="dimmed">
        <Loader size={14} color="gray" />
        <Text size="sm">Reading the text more closely…</Text>
      </Group>
    );
  }
  if (failed) {
    return (
      <Text size="sm" c="dimmed" role="status">
        The text could not be read more closely just now.{" "}
        <Button size="compact-xs" variant="subtle" onClick={onRetry}>
          Try again
        </Button>
      </Text>
    );
  }
  if (!shown) return null;
  return (
    <Text size="xs" c="dimmed">
      Underlined: read from the text, in its own words. Click one to see it there.
    </Text>
  );
}
