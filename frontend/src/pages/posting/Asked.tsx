import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { AskedSkill, PostingDetail, PostingSkill, Span } from "../../api";
import { Skills } from "../../components/Skills";
import { type Mark, markOf } from "./marks";
import { ReadSkills } from "./ReadSkills";

const groups: { mark: Mark; title: string }[] = [
  { mark: "required", title: "Required" },
  { mark: "preferred", title: "Nice to have" },
  { mark: "mentioned", title: "Mentioned" },
  { mark: "learned", title: "You will learn" },
  { mark: "not_needed", title: "Not needed" },
];

/** Skills of which one is enough as one: "Java or Scala". What the group asks for is shown where its first stands. */
function eitherAsOne(skills: AskedSkill[]): AskedSkill[] {
  const told = new Set<string>();
  return skills.flatMap((skill) => {
    if (told.has(skill.id)) return [];
    const others = skills.filter(({ id, alternatives }) => skill.alternatives.includes(id) && alternatives.includes(skill.id));
    for (const { id } of others) told.add(id);
    return [{ ...skill, name: [skill, ...others].map((one) => withYears(one).name).join(" or ") }];
  });
}

function withYears(skill: AskedSkill): AskedSkill {
  if (skill.years === null) return skill;
  return { ...skill, name: `${skill.name} · ${skill.years}+ ${skill.years === 1 ? "year" : "years"}` };
}

interface Props {
  posting: PostingDetail;
  ranked: boolean;
  /** What only the careful reading of the text found. */
  read: PostingSkill[];
  onShow: (spans: Span[]) => void;
  /** How far that reading has come. */
  children: ReactNode;
}

/** The posting's skills by how its text asks for them: those that it names, and those that were read from it. */
export function AskedCard({ posting, ranked, read, onShow, children }: Props) {
  const shown = groups
    .map((group) => ({
      ...group,
      skills: posting.skills.filter((skill) => markOf(skill) === group.mark),
      read: read.filter((skill) => markOf(skill) === group.mark),
    }))
    .filter((group) => group.skills.length + group.read.length > 0);
  return (
    <Stack className="card" p="lg" gap="sm" component="section" aria-label="Skills of this posting">
      <Title order={2}>Skills it asks for</Title>
      {shown.length === 0 && "None are named."}
      {shown.map(({ mark, title, skills, read: own }) => (
        <div key={mark} role="group" aria-label={title}>
          <Text size="sm" fw={600} mb={6}>
            {title}
          </Text>
          <Skills kind="plain" skills={eitherAsOne(skills)} limit={20} />
          {own.length > 0 && <ReadSkills skills={own} onShow={onShow} />}
        </div>
      ))}
      {children}
      {!ranked && (
        <Text size="sm" c="dimmed">
          This posting is not among your best matches.
        </Text>
      )}
    </Stack>
  );
}
