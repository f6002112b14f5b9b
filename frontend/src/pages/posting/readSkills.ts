import type { PostingDetail, PostingSkill } from "../../api";

/** What the posting's own skills do not tell: skills that its text means and does not name, and words of its own. */
export function onlyRead(posting: PostingDetail, read: PostingSkill[]): PostingSkill[] {
  const told = new Set(posting.skills.map(({ id }) => id));
  return read.filter(({ skill }) => skill === null || !told.has(skill.id));
}

/** A skill as it is shown: a name as we call it, other words as they stand there. */
export function wordsOf({ skill, phrase, found_by, years }: PostingSkill): string {
  const words = found_by === "named" && skill !== null ? skill.name : phrase;
  return years === null ? words : `${words} · ${years}+ ${years === 1 ? "year" : "years"}`;
}

/** What the words are like, as we call it; null where they are its name, or like nothing that we know. */
export function likeOf({ skill, phrase, found_by }: PostingSkill): string | null {
  if (skill === null || found_by === "named" || skill.name.toLowerCase() === phrase.toLowerCase()) return null;
  return skill.name;
}
