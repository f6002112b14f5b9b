import type { Limits, Terms } from "../../api";
import { counted } from "../../format/words";

export const termsWords: Record<Terms, { label: string; color: string; words: string }> = {
  open: { label: "Open", color: "teal", words: "Anybody may read it, under its conditions." },
  key: { label: "Needs a key", color: "cobalt", words: "It answers only with a key of your own." },
  restricted: { label: "Restricted", color: "orange", words: "Its terms forbid reading it by programs." },
};

/** How a source's host is treated, in sentences. */
export function limitsInWords({ between_s, per_hour, per_day, every_hours }: Limits): string[] {
  const said = [every_hours === 1 ? "At most once an hour" : `At most every ${counted(every_hours, "hour")}`];
  if (between_s > 0) said.push(`${counted(between_s, "second")} between two requests`);
  if (per_hour !== null) said.push(`${counted(per_hour, "request")} an hour at most`);
  if (per_day !== null) said.push(`${counted(per_day, "request")} a day at most`);
  return said;
}

/** Names of secrets as labels: "api_key" is "Api key". */
export function secretLabel(name: string): string {
  const words = name.replaceAll(/[_-]+/g, " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
