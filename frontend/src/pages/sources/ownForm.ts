import type { CustomApi, OwnSource, OwnSourceRequest } from "../../api";

export interface Pair {
  name: string;
  value: string;
}

/** A secret that is sent in a header or in the address: where, under which name, and what. */
export interface SecretPair extends Pair {
  where: "header" | "query";
  /** The secret's own name, once it has one. */
  secret: string | null;
}

export type PagingKind = NonNullable<CustomApi["paging"]>["kind"];

export const fieldNames = [
  "id",
  "url",
  "title",
  "company",
  "place",
  "html",
  "pay_text",
  "employment_type",
  "posted_at",
  "apply_url",
] as const;
export type FieldName = (typeof fieldNames)[number];
export const neededFields: FieldName[] = ["id", "url", "title"];

/** What is in the form of an own API, as it is typed. */
export interface ApiDraft {
  url: string;
  query: Pair[];
  headers: Pair[];
  secrets: SecretPair[];
  records: string;
  fields: Record<FieldName, string>;
  paging: PagingKind;
  parameter: string;
  first: number;
  cursorPath: string;
  pages: number;
  perHour: number;
  complete: boolean;
}

export interface Draft {
  kind: "feed" | "api";
  name: string;
  url: string;
  api: ApiDraft;
}

const usualParameter: Partial<Record<PagingKind, string>> = { page: "page", offset: "offset", cursor: "cursor" };

function emptyApi(): ApiDraft {
  const fields = Object.fromEntries(fieldNames.map((name) => [name, neededFields.includes(name) ? name : ""]));
  return {
    url: "",
    query: [],
    headers: [],
    secrets: [],
    records: "@",
    fields: fields as Record<FieldName, string>,
    paging: "none",
    parameter: "",
    first: 1,
    cursorPath: "",
    pages: 10,
    perHour: 60,
    complete: false,
  };
}

const pairs = (of: object | undefined): Pair[] =>
  Object.entries((of ?? {}) as Record<string, string>).map(([name, value]) => ({ name, value }));

function secretPairs(api: CustomApi): SecretPair[] {
  const from = (of: object | undefined, where: SecretPair["where"]) =>
    pairs(of).map(({ name, value }) => ({ where, name, value: "", secret: value }));
  return [...from(api.secret_headers, "header"), ...from(api.secret_query, "query")];
}

function apiDraft(api: CustomApi): ApiDraft {
  const paging = api.paging ?? { kind: "none" };
  const typed = Object.fromEntries(fieldNames.map((name) => [name, api.fields[name] ?? ""]));
  return {
    ...emptyApi(),
    url: api.url,
    query: pairs(api.query),
    headers: pairs(api.headers),
    secrets: secretPairs(api),
    records: api.records ?? "@",
    fields: typed as Record<FieldName, string>,
    paging: paging.kind,
    parameter: "parameter" in paging ? (paging.parameter ?? "") : "",
    first: "first" in paging ? (paging.first ?? 1) : 1,
    cursorPath: "path" in paging ? paging.path : "",
    pages: api.pages ?? 10,
    perHour: api.per_hour ?? 60,
    complete: api.complete ?? false,
  };
}

/** The form's content for a new source, or for one that is changed. A board has no form of its own. */
export function draftOf(source: OwnSource | null): Draft {
  const config = source?.config;
  return {
    kind: config?.kind === "api" ? "api" : "feed",
    name: source?.name ?? "",
    url: config?.kind === "feed" ? config.url : "",
    api: config?.kind === "api" ? apiDraft(config) : emptyApi(),
  };
}

/** A name for a secret, from where it is sent: "header-Authorization". */
export function secretName({ secret, where, name }: SecretPair): string {
  return secret ?? `${where}-${name.replaceAll(/[^A-Za-z0-9_-]/g, "-")}`.slice(0, 40);
}

function record(of: Pair[]): Record<string, string> {
  return Object.fromEntries(of.filter(({ name }) => name !== "").map(({ name, value }) => [name, value]));
}

function pagingOf(api: ApiDraft): NonNullable<CustomApi["paging"]> {
  const parameter = api.parameter.trim() || (usualParameter[api.paging] ?? "");
  if (api.paging === "page") return { kind: "page", parameter, first: api.first };
  if (api.paging === "offset") return { kind: "offset", parameter };
  if (api.paging === "cursor") return { kind: "cursor", parameter, path: api.cursorPath };
  return { kind: api.paging };
}

function apiOf(api: ApiDraft): CustomApi & { kind: "api" } {
  const optional = fieldNames.filter((name) => !neededFields.includes(name));
  const named = (where: SecretPair["where"]) =>
    record(
      api.secrets
        .filter((pair) => pair.where === where)
        .map((pair) => ({ name: pair.name, value: secretName(pair) })),
    );
  return {
    kind: "api",
    url: api.url.trim(),
    query: record(api.query),
    headers: record(api.headers),
    secret_headers: named("header"),
    secret_query: named("query"),
    records: api.records.trim() || "@",
    fields: {
      id: api.fields.id,
      url: api.fields.url,
      title: api.fields.title,
      ...Object.fromEntries(optional.map((name) => [name, api.fields[name].trim() || null])),
    },
    paging: pagingOf(api),
    pages: api.pages,
    per_hour: api.perHour,
    complete: api.complete,
  };
}

/** What is sent. Secrets that were left empty are not sent: they stay as they are. */
export function requestOf(draft: Draft): OwnSourceRequest {
  const name = draft.name.trim();
  if (draft.kind === "feed") return { name, config: { kind: "feed", url: draft.url.trim() } };
  const typed = draft.api.secrets.filter(({ name: at, value }) => at !== "" && value !== "");
  const secrets = Object.fromEntries(typed.map((pair) => [secretName(pair), pair.value]));
  return { name, config: apiOf(draft.api), secrets };
}
