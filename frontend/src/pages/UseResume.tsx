import { Button, Group } from "@mantine/core";
import { useUpdateProfileResumesMutation } from "../api";
import { problemOf } from "../api/problem";
import { ProblemNotice } from "../components/Notice";

/** Resumes that one profile is made of at most. */
const mostTogether = 5;

/** What is said of a resume that is in use: which of how many it is. */
export function howUsed(id: string, inUse: string[]): string {
  const at = inUse.indexOf(id);
  if (at < 0) return "";
  return inUse.length === 1 ? " · in use" : ` · in use, number ${at + 1} of ${inUse.length}`;
}

/** Using a resume that was read alone, or together with those in use. */
export function UseResume({ id, filename, inUse, newest }: { id: string; filename: string; inUse: string[]; newest: string | undefined }) {
  const [update, { isLoading, error }] = useUpdateProfileResumesMutation();
  const choose = (ids: string[]) => void update({ resumesRequest: { resume_ids: ids } });
  const used = inUse.includes(id);
  if (inUse.length === 0 || (used && inUse.length === 1)) return null;
  const others = inUse.length > 1 ? "those" : inUse[0] === newest ? "the newest" : "the one";
  const together = `Use together with ${others}${others === "the newest" ? "" : " in use"}`;
  const actions = [
    ...(used || inUse.length >= mostTogether ? [] : [{ label: together, ids: [...inUse, id] }]),
    ...(used && inUse[0] !== id ? [{ label: "Put first", ids: [id, ...inUse.filter((one) => one !== id)] }] : []),
    { label: "Use alone", ids: [id] },
  ];
  return (
    <>
      <Group gap="xs" mt={6}>
        {actions.map(({ label, ids }) => (
          <Button key={label} size="compact-sm" variant="default" disabled={isLoading} aria-label={`${label}: ${filename}`} onClick={() => choose(ids)}>
            {label}
          </Button>
        ))}
      </Group>
      <ProblemNotice problem={problemOf(error)} />
    </>
  );
}
