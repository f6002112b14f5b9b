import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import type { Appearance, Version } from "../../api";
import { askedSkill, detail, token } from "../../test/data";
import { open } from "../../test/render";
import { answer, problem, server } from "../../test/server";

const life = detail().life;

function appearance(change: Partial<Appearance> = {}): Appearance {
  return {
    posting_id: "posting-2",
    source: { id: "remotive", name: "Remotive" },
    company: "Talentbridge",
    title: "Backend Engineer (m/f)",
    url: "https://remotive.example.com/2",
    attribution: "Job found on Remotive",
    first_seen_at: "2026-01-04T00:00:00Z",
    closed_at: null,
    reasons: ["nearly the same text"],
    ...change,
  };
}

const itself = appearance({ posting_id: "posting-1", source: { id: "sample", name: "Sample" }, reasons: [] });

describe("a posting's life", () => {
  it("that is over is said before anything else, with the reason", async () => {
    const closed = { ...life, closed_at: "2026-01-09T00:00:00Z", closed_reason: "no_longer_accepting" as const };
    server.use(answer("/postings/:id", detail({ life: closed })));
    open("/postings/posting-1");
    expect(await screen.findByTestId("closed")).toHaveTextContent("This posting is closedIt takes no more applications.");
  });

  it("tells how often it was changed and posted again", async () => {
    server.use(answer("/postings/:id", detail({ life: { ...life, versions: 3, changed_at: "2026-01-05T12:00:00Z", reposts: 1 } })));
    open("/postings/posting-1");
    const card = await screen.findByRole("region", { name: "Life of this posting" });
    expect(card).toHaveTextContent(/Changed2 times, last/);
    expect(card).toHaveTextContent("Posted again1 time");
  });

  it("has no history where nothing was ever changed", async () => {
    open("/postings/posting-1");
    await screen.findByRole("region", { name: "Life of this posting" });
    expect(screen.queryByRole("region", { name: "History of changes" })).toBeNull();
  });

  it("shows what was changed field by field, and asks for it only when it is opened", async () => {
    const asked = vi.fn();
    const versions: Version[] = [
      {
        at: "2026-01-05T12:00:00Z",
        event: "changed",
        reason: null,
        changes: [
          { field: "work_mode", old: "onsite", new: "remote" },
          { field: "pay", old: null, new: "EUR 50,000 a year" },
        ],
        words_added: 4,
        words_removed: 0,
        old_text: "The old text",
      },
      { at: "2026-01-04T12:00:00Z", event: "closed", reason: "gone", changes: [], words_added: 0, words_removed: 0, old_text: null },
    ];
    server.use(
      answer("/postings/:id", detail({ life: { ...life, versions: 2 } })),
      http.get("*/api/v1/postings/:id/versions", () => {
        asked();
        return HttpResponse.json({ items: versions });
      }),
    );
    const { user } = open("/postings/posting-1");
    const card = await screen.findByRole("region", { name: "History of changes" });
    expect(asked).not.toHaveBeenCalled();
    await user.click(within(card).getByRole("button", { name: "Show what was changed" }));
    const [changed, closed] = await within(card).findAllByRole("listitem");
    expect(changed).toHaveTextContent("Work modeOn site → Remote");
    expect(changed).toHaveTextContent("Paynot stated → EUR 50,000 a year");
    expect(changed).toHaveTextContent("Text: 4 words more");
    expect(closed).toHaveTextContent("Because its page is gone.");
  });
});

describe("a posting", () => {
  it("that a duplicate stands behind is shown under its own address", async () => {
    server.use(answer("/postings/:id", detail({ id: "canonical" })));
    const { address } = open("/postings/duplicate");
    await screen.findByRole("heading", { name: "Backend Engineer" });
    await waitFor(() => expect(address()).toBe("/postings/canonical"));
  });

  it("says who may apply, and that only this person has it", async () => {
    const eligibility = ["visa_offered", "clearance_required"] as const;
    server.use(answer("/postings/:id", detail({ private: true, eligibility: [...eligibility], remote_countries: ["DE", "FR"] })));
    open("/postings/posting-1");
    const badges = await screen.findByRole("group", { name: "Conditions of the job" });
    const said = ["Only you see this", "Full time", "Remote from Germany, France", "Sponsors a visa", "Security clearance needed"];
    for (const words of said) expect(badges).toHaveTextContent(words);
  });

  it("groups its skills by how it asks for them, and marks them in the text", async () => {
    const skills = [
      askedSkill({ demand: "required", years: 5, spans: [{ start: 0, end: 6 }] }),
      askedSkill({ id: "docker", name: "Docker", demand: "preferred" }),
      askedSkill({ id: "sql", name: "SQL" }),
      askedSkill({ id: "go", name: "Go", learned: true }),
      askedSkill({ id: "java", name: "Java", demand: "not_needed" }),
    ];
    server.use(answer("/postings/:id", detail({ skills, description_html: "<p>Python: 5 years.</p>", description_text: "Python: 5 years." })));
    open("/postings/posting-1");
    const card = await screen.findByRole("region", { name: "Skills of this posting" });
    const group = (name: string) => within(card).getByRole("group", { name });
    expect(group("Required")).toHaveTextContent("Python · 5+ years");
    expect(group("Nice to have")).toHaveTextContent("Docker");
    expect(group("Mentioned")).toHaveTextContent(/^MentionedSQL$/);
    expect(group("You will learn")).toHaveTextContent("Go");
    expect(group("Not needed")).toHaveTextContent("Java");
    const text = screen.getByRole("region", { name: "Description" });
    expect(text.querySelector("mark")).toHaveTextContent("Python");
  });

  it("shows skills of which one is enough as one", async () => {
    const skills = [
      askedSkill({ id: "sql", name: "SQL", demand: "required" }),
      askedSkill({ id: "java", name: "Java", demand: "required", years: 3, alternatives: ["scala", "go"] }),
      askedSkill({ id: "scala", name: "Scala", demand: "required", alternatives: ["java", "go"] }),
      // Asked for on its own elsewhere, and so not one of several.
      askedSkill({ id: "go", name: "Go", demand: "required" }),
    ];
    server.use(answer("/postings/:id", detail({ skills })));
    open("/postings/posting-1");
    const card = await screen.findByRole("region", { name: "Skills of this posting" });
    const badges = within(within(card).getByRole("group", { name: "Required" })).getByRole("group", { name: "Skills" });
    expect([...badges.children].map((badge) => badge.textContent)).toEqual(["SQL", "Java · 3+ years or Scala", "Go"]);
  });

  it("shows what speaks against it as reasons, not as a judgement", async () => {
    server.use(answer("/postings/:id", detail({ evidence: [{ kind: "age", text: "Open for 115 days." }] })));
    open("/postings/posting-1");
    const card = await screen.findByRole("region", { name: "Before you apply" });
    expect(card).toHaveTextContent("Open for 115 days.");
    expect(card).toHaveTextContent("not a judgement");
  });

  it("names its other places with a credit that search engines may follow", async () => {
    server.use(answer("/postings/:id", detail({ appearances: [itself, appearance()] })));
    open("/postings/posting-1");
    const card = await screen.findByRole("region", { name: "The same job elsewhere" });
    expect(within(card).getAllByRole("listitem")).toHaveLength(1);
    const credit = within(card).getByRole("link", { name: "Job found on Remotive" });
    expect(credit).toHaveAttribute("href", "https://remotive.example.com/2");
    expect(credit.getAttribute("rel")).not.toMatch(/nofollow|noreferrer/);
    expect(card).toHaveTextContent("nearly the same text");
    expect(within(card).queryByRole("button")).toBeNull();
  });

  it("is taken apart from another by an administrator, after a question", async () => {
    const said = vi.fn();
    server.use(
      answer("/me", { ...token.person, role: "admin" }),
      answer("/postings/:id", detail({ appearances: [itself, appearance()] })),
      http.post("*/api/v1/postings/:id/separations", async ({ params, request }) => {
        said(params.id, await request.json());
        server.use(answer("/postings/:id", detail({ appearances: [itself, appearance()], separated: [appearance()] })));
        return HttpResponse.json({ items: [] }, { status: 202 });
      }),
    );
    const { user } = open("/postings/posting-1");
    await user.click(await screen.findByRole("button", { name: "Not the same job: Remotive" }));
    const dialog = await screen.findByRole("dialog", { name: "Not the same job?" });
    expect(said).not.toHaveBeenCalled();
    await user.click(within(dialog).getByRole("button", { name: "Take them apart" }));
    expect(await screen.findByText(/the next index shows it by itself/)).toBeVisible();
    expect(said).toHaveBeenCalledWith("posting-1", { posting_id: "posting-2" });
    expect(screen.queryByRole("button", { name: "Not the same job: Remotive" })).toBeNull();
    expect(screen.getByRole("button", { name: "The same job after all: Remotive" })).toBeVisible();
  });

  it.each([
    { index: "before the next index", joined: [itself, appearance()] },
    { index: "long after", joined: [itself] },
  ])("is joined again by an administrator, $index", async ({ joined }) => {
    const said = vi.fn();
    server.use(
      answer("/me", { ...token.person, role: "admin" }),
      answer("/postings/:id", detail({ appearances: joined, separated: [appearance({ reasons: [] })] })),
      http.delete("*/api/v1/postings/:id/separations/:other", ({ params }) => {
        if (said.mock.calls.length === 0) {
          said("refused");
          return problem(503, "Not now", "Try again.");
        }
        said(params.id, params.other);
        server.use(answer("/postings/:id", detail({ appearances: joined })));
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = open("/postings/posting-1");
    const button = await screen.findByRole("button", { name: "The same job after all: Remotive" });
    await user.click(button);
    expect(await screen.findByText("Not now")).toBeVisible();
    await user.click(button);
    await waitFor(() => expect(said).toHaveBeenLastCalledWith("posting-1", "posting-2"));
    if (joined.length > 1) expect(await screen.findByRole("button", { name: "Not the same job: Remotive" })).toBeVisible();
    else expect(await screen.findByText(/the next index joins it again/)).toBeVisible();
    await waitFor(() => expect(screen.queryByRole("button", { name: /The same job after all/ })).toBeNull());
    expect(screen.queryByText("Not now")).toBeNull();
  });

  it("shows what it was taken apart from to nobody who could not join them again", async () => {
    server.use(answer("/postings/:id", detail({ appearances: [itself], separated: [appearance()] })));
    open("/postings/posting-1");
    await screen.findByRole("region", { name: "Life of this posting" });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(screen.queryByText("Taken apart")).toBeNull();
  });
});
