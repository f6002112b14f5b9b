import { Stack, Text, Title } from "@mantine/core";
import type { AskedSkill, PostingDetail } from "../../api";
import { Skills } from "../../components/Skills";
import { type Mark, markOf } from "./marks";

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

/** The posting's skills by how its text asks for them. */
export function AskedCard({ posting, ranked }: { posting: PostingDetail; ranked: boolean }) {
  const shown = groups
    .map((group) => ({ ...group, skills: posting.skills.filter((skill) => markOf(skill) === group.mark) }))
    .filter(({ skills }) => skills.length > 0);
  return (
    <Stack className="card" p="lg" gap="sm" component="section" aria-label="Skills of this posting">
      <Title order={2}>Skills it asks for</Title>
      {shown.length === 0 && "None are named."}
      {shown.map(({ mark, title, skills }) => (
        <div key={mark} role="group" aria-label={title}>
          <Text size="sm" fw={600} mb={6}>
            {title}
          </Text>
          <Skills kind="plain" skills={eitherAsOne(skills)} limit={20} />
        </div>
      ))}
      {!ranked && (
        <Text size="sm" c="dimmed">
          This posting is not among your best matches.
        </Text>
      )}
    </Stack>
  );
}
