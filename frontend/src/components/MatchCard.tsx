import { Box, Button, Collapse, Group, Stack, Text, Title } from "@mantine/core";
import { useDisclosure, useId } from "@mantine/hooks";
import { Link } from "react-router";
import type { Match } from "../api";
import { Icon } from "./Icon";
import { PartReasons, PartsBar } from "./Parts";
import { Attribution, PostingFacts } from "./Posting";
import { ScoreRing } from "./ScoreRing";
import { SkillLines } from "./Skills";

/** One match: the posting, its score, what makes the score, and the skills that fit or are missing. */
export function MatchCard({ match, rank }: { match: Match; rank: number }) {
  const [open, { toggle }] = useDisclosure(false);
  const panel = useId();
  const { posting } = match;
  return (
    <Box component="article" className="card" p={{ base: "md", sm: "lg" }} aria-label={`${rank}. ${posting.title}`}>
      <Group wrap="nowrap" align="flex-start" gap="md">
        <ScoreRing score={match.score} />
        <Stack gap={6} style={{ flex: 1, minWidth: 0 }}>
          <Title order={2} size="h3" style={{ overflowWrap: "anywhere" }}>
            <Link to={`/postings/${encodeURIComponent(posting.id)}`} className="plain">
              {posting.title}
            </Link>
          </Title>
          <PostingFacts posting={posting} />
        </Stack>
      </Group>
      <Stack gap="sm" mt="md">
        <PartsBar parts={match.parts} />
        <SkillLines matched={match.matched_skills} missing={match.missing_skills} />
        <Group justify="space-between" gap="xs">
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={toggle}
            aria-expanded={open}
            aria-controls={panel}
            ml={-8}
            rightSection={
              <Text span lh={0} style={{ rotate: open ? "180deg" : "0deg" }}>
                <Icon name="down" size={16} />
              </Text>
            }
          >
            Why this score
          </Button>
          <Attribution posting={posting} />
        </Group>
      </Stack>
      <Collapse expanded={open} id={panel}>
        <Box pt="md">
          <PartReasons parts={match.parts} />
        </Box>
      </Collapse>
    </Box>
  );
}
