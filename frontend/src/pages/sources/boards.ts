import type { OwnSourceRequest } from "../../api";

/** A source's id in the parts that an own source of the kind "board" takes: the first colon parts them. */
export function boardOf(sourceId: string): { system: string; token: string } {
  const at = sourceId.indexOf(":");
  return { system: sourceId.slice(0, at), token: sourceId.slice(at + 1) };
}

/** The request that makes a company's board a source of one's own. */
export function ownBoard(sourceId: string, company: string): OwnSourceRequest {
  return { name: company.slice(0, 100), config: { kind: "board", ...boardOf(sourceId) } };
}
