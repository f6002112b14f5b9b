import type { AskedSkill, Span } from "../../api";

/** How a text asks for something, and where. */
export type Asked = Pick<AskedSkill, "demand" | "learned" | "spans">;

/** Why a skill's name is marked: as the posting asks for it. */
export type Mark = "required" | "preferred" | "mentioned" | "learned" | "not_needed";

interface Letter {
  node: Text;
  /** Where it begins in its node, and how many code units it takes. */
  at: number;
  size: number;
}

// What either text may have where the other has something else of it, or nothing.
const blank = /^[\s\u001c-\u001f\u0085\ufeff]$/;

/** A posting's way of asking as one word. */
export function markOf(skill: Asked): Mark {
  return skill.learned && skill.demand === "mentioned" ? "learned" : skill.demand;
}

/**
 * Cleaned HTML with the skills' names marked where the plain text's spans say so. The two texts are laid over each other
 * letter by letter; where they are not the same text, nothing is marked. Only text nodes are divided, and what goes around
 * a piece is an element that we make: no markup of the posting becomes ours. Cleaning leaves no `mark` of the posting's own.
 */
export function withMarks(html: string, text: string, skills: Asked[]): string {
  if (skills.every((skill) => skill.spans.length === 0)) return html;
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const letters = overlaid(holder.content, text);
  if (letters === null) return html;
  const marked = skills.flatMap((skill) => skill.spans.map((span) => ({ ...span, mark: markOf(skill) })));
  // The last first: dividing a node moves what comes after.
  marked.sort((one, other) => other.start - one.start);
  let free = Infinity;
  for (const { start, end, mark } of marked) {
    // Of places that overlap one is marked.
    if (end > free) continue;
    free = start;
    for (const piece of pieces(letters.slice(start, end)).reverse()) surround(piece, mark);
  }
  return holder.innerHTML;
}

/** The letter of the page for each letter (code point) of the plain text, null for blanks and the marks of lists. */
function overlaid(root: Node, text: string): (Letter | null)[] | null {
  const shown = lettersOf(root);
  const found: (Letter | null)[] = [];
  let next = 0;
  for (const letter of text) {
    const other = shown[next];
    if (other !== undefined && other.node.data.startsWith(letter, other.at)) {
      found.push(other);
      next += 1;
    } else if (blank.test(letter) || letter === "*") {
      found.push(null);
    } else {
      return null;
    }
  }
  return next === shown.length ? found : null;
}

/** Where a piece of the plain text stands on the page; null where the page is not the same text. */
export function rangeOf(root: Node, text: string, span: Span): Range | null {
  const letters = overlaid(root, text)?.slice(span.start, span.end).filter((letter) => letter !== null) ?? [];
  const first = letters[0];
  const last = letters.at(-1);
  if (first === undefined || last === undefined) return null;
  const range = document.createRange();
  range.setStart(first.node, first.at);
  range.setEnd(last.node, last.at + last.size);
  return range;
}

function lettersOf(root: Node): Letter[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const letters: Letter[] = [];
  while (walker.nextNode() !== null) {
    const node = walker.currentNode as Text;
    let at = 0;
    for (const letter of node.data) {
      if (!blank.test(letter)) letters.push({ node, at, size: letter.length });
      at += letter.length;
    }
  }
  return letters;
}

/** What lies in one node each: "<b>Node</b>.js" is two pieces. */
function pieces(letters: (Letter | null)[]): { node: Text; from: number; to: number }[] {
  const found: { node: Text; from: number; to: number }[] = [];
  for (const letter of letters) {
    if (letter === null) continue;
    const last = found.at(-1);
    const to = letter.at + letter.size;
    if (last?.node === letter.node) last.to = to;
    else found.push({ node: letter.node, from: letter.at, to });
  }
  return found;
}

function surround({ node, from, to }: { node: Text; from: number; to: number }, mark: Mark): void {
  const middle = node.splitText(from);
  middle.splitText(to - from);
  const element = document.createElement("mark");
  element.setAttribute("data-skill", mark);
  middle.replaceWith(element);
  element.append(middle);
}
