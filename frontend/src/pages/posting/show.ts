import type { Span } from "../../api";
import { rangeOf } from "./marks";

/** Select a passage of the description and bring it into view. */
export function show(description: HTMLElement | null, text: string, spans: Span[]) {
  const span = spans[0];
  const range = description === null || span === undefined ? null : rangeOf(description, text, span);
  if (range === null) return;
  description?.focus({ preventScroll: true });
  const selection = window.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
  range.startContainer.parentElement?.scrollIntoView({ block: "center", behavior: "smooth" });
}
