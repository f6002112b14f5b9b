import { http, HttpResponse, type JsonBodyType } from "msw";
import { setupServer } from "msw/node";
import { detail, matchPage, notFound, postingPage, profile, resume, resumeDocument, source, sourceDetail, token } from "./data";

/** An error as the API sends it. */
export function problem(status: number, title: string, detailWords: string, more: object = {}) {
  const body = { type: "x", title, status, detail: detailWords, ...more };
  return HttpResponse.json(body, { status, headers: { "content-type": "application/problem+json" } });
}

/** An answer of the API to `GET path`, for one test. */
export function answer(path: string, body: JsonBodyType) {
  return http.get(`*/api/v1${path}`, () => HttpResponse.json(body));
}

/** The API as it answers when all is well. */
export const server = setupServer(
  http.get("*/local.json", () => new HttpResponse(null, { status: 404 })),
  http.post("*/api/v1/sessions", () => HttpResponse.json(token)),
  http.post("*/api/v1/accounts", () => HttpResponse.json(token, { status: 201 })),
  answer("/profile", profile()),
  answer("/matches", matchPage()),
  answer("/postings", postingPage()),
  answer("/postings/:id", detail()),
  answer("/postings/:id/skills", { version: "1", items: [] }),
  http.get("*/api/v1/postings/:id/reading", () => HttpResponse.json(notFound, { status: 404 })),
  answer("/me", token.person),
  answer("/me/language-model", { available: false, allowed: false, decided_at: null, spent_microdollars: 0, month_cap_microdollars: 0 }),
  answer("/me/llm-receipts", { items: [], next_cursor: null }),
  answer("/sources", { items: [source()] }),
  answer("/sources/:id", sourceDetail()),
  answer("/companies", { items: [], total: 916 }),
  answer("/own-sources", { items: [] }),
  answer("/imports", { items: [] }),
  answer("/own-postings", { items: [], next_cursor: null }),
  answer("/resumes", { items: [resume({ status: "read" })] }),
  answer("/resumes/:id", resume({ status: "read" })),
  answer("/resumes/:id/document", resumeDocument()),
);
