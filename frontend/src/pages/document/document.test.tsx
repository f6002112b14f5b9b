import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import { notFound, profile, resume, resumeDocument } from "../../test/data";
import { open } from "../../test/render";
import { answer, problem, server } from "../../test/server";
import { groupsOf, percent, surenessOf, unsureOnly } from "./fields";
import { piecesOf, placesOf } from "./places";

const read = () => screen.findByRole("region", { name: "What was read" });
/** A field by its name; this document joins pieces of a name without the blanks that a browser puts between them. */
const field = async ({ source }: RegExp) =>
  within(await read()).findByRole("button", { name: new RegExp(source.replaceAll(" ", "\\s*")) });
const place = (name: RegExp) => within(screen.getByRole("region", { name: "Document" })).getByRole("button", { name });
/** Moves the pointer by so much over an element, which this document's own events cannot say. */
function point(element: HTMLElement, by = 3): void {
  const event = new MouseEvent("pointermove", { bubbles: true });
  Object.defineProperties(event, { movementX: { value: by }, movementY: { value: 0 }, pointerType: { value: "mouse" } });
  fireEvent(element, event);
}
const lit = () => [...document.querySelectorAll("[data-page] [data-lit], mark[data-lit]")];

describe("the document beside its fields", () => {
  it("tells each field's value and how sure it is, and derived ones from what", async () => {
    open("/resume/resume-1");
    expect(await field(/^Name: Ada Martin, sure, 97 % sure, page 1$/)).toBeVisible();
    expect(await field(/^Employer: Papermill, check this, 41 % sure/)).toBeVisible();
    expect(await field(/^Years of work: 5, from the dates of the positions$/)).toBeVisible();
    const work = screen.getByRole("region", { name: "Work" });
    expect(within(work).getByRole("heading", { name: "Engineer · Papermill" })).toBeVisible();
  });

  it("lights the places of a field that has the focus, and arrow keys lead to the next", async () => {
    const { user } = open("/resume/resume-1");
    const name = await field(/^Name:/);
    name.focus();
    await waitFor(() => expect(lit()).toEqual([place(/^Name: Ada Martin/)]));
    await user.keyboard("{ArrowDown}");
    const title = place(/^Headline: Engineer, likely.*; Title: Engineer, likely/);
    await waitFor(() => expect(lit()).toEqual([title]));
    expect(title).toHaveStyle({ left: "10.000%", top: "40.000%", width: "20.000%", height: "5.000%" });
    await user.keyboard("{End}");
    expect(document.activeElement).toHaveTextContent("Papermill");
    // Nobody said where the employer stands, but its line is known.
    expect(lit()).toHaveLength(1);
    await user.keyboard("{Escape}");
    expect(lit()).toEqual([]);
  });

  it("scrolls the document to a place that is out of sight, and nothing else", async () => {
    const scrolled = vi.fn();
    window.HTMLElement.prototype.scrollTo = scrolled;
    vi.spyOn(window.HTMLElement.prototype, "getBoundingClientRect").mockImplementation(function (this: HTMLElement) {
      return this.hasAttribute("data-lit") ? new DOMRect(0, 900, 50, 10) : new DOMRect(0, 100, 400, 400);
    });
    open("/resume/resume-1");
    point(await field(/^Skill: Python/));
    await waitFor(() => expect(scrolled).toHaveBeenCalledWith({ top: 752, left: 0, behavior: "auto" }));
    expect(scrolled.mock.contexts).toEqual([screen.getByRole("group", { name: "ada.pdf, as it was read" })]);
  });

  it("lights the field of a place that is clicked, and of several the next with each click", async () => {
    const { user } = open("/resume/resume-1");
    const headline = await field(/^Headline: Engineer/);
    const title = await field(/^Title: Engineer/);
    const both = place(/^Headline: Engineer, likely.*; Title: Engineer, likely/);
    await user.click(both);
    expect(headline).toHaveAttribute("aria-pressed", "true");
    await user.click(both);
    expect(headline).toHaveAttribute("aria-pressed", "false");
    expect(title).toHaveAttribute("aria-pressed", "true");
    point(place(/^Skill: Python, sure/));
    const skill = await field(/^Skill: Python, sure/);
    expect(skill).toHaveAttribute("data-lit", "true");
    await user.unhover(place(/^Skill: Python, sure/));
    // What comes to lie below a pointer that does not move is not pointed at.
    point(place(/^Skill: Python, sure/), 0);
    expect(skill).not.toHaveAttribute("data-lit");
  });

  it("lets values and text stand in the direction of their own letters", async () => {
    const { user } = open("/resume/resume-1");
    const name = await field(/^Name: Ada Martin/);
    expect(within(name).getByText("Ada Martin")).toHaveAttribute("dir", "auto");
    expect(screen.getByRole("heading", { name: "Engineer · Papermill" })).toHaveAttribute("dir", "auto");
    await user.click(screen.getByText("Text"));
    expect(screen.getByText("Papermill", { selector: "mark" }).parentElement).toHaveAttribute("dir", "auto");
  });

  it("can be held to what needs checking", async () => {
    const { user } = open("/resume/resume-1");
    await user.click(await screen.findByRole("button", { name: "Only what needs checking (1)" }));
    const list = screen.getByRole("region", { name: "What was read" });
    expect(list.querySelectorAll("[data-path]")).toHaveLength(1);
    expect(document.querySelectorAll("[data-page] button")).toHaveLength(1);
  });

  it("says what was not found, and then never that nothing at all needs checking", async () => {
    const fields = resumeDocument().fields.map((one) => ({ ...one, confidence: one.confidence && 0.97 }));
    const whole = resumeDocument().profile;
    server.use(answer("/resumes/:id/document", resumeDocument({ fields, profile: { ...whole, name: null, phone: null } })));
    open("/resume/resume-1");
    expect(await screen.findByText(/^Not found: name, telephone\./)).toBeVisible();
    expect(screen.getByRole("button", { name: "Nothing read needs checking" })).toBeDisabled();
  });

  it("never says that nothing needs checking where nobody judged it", async () => {
    const fields = resumeDocument().fields.map((one) => ({ ...one, confidence: null }));
    server.use(answer("/resumes/:id/document", resumeDocument({ fields })));
    open("/resume/resume-1");
    expect(await field(/^Name:/)).toBeVisible();
    expect(screen.queryByRole("button", { name: /needs checking/ })).toBeNull();
  });

  it("shows the text with its marks where there are no pages, and beside the pages where there are", async () => {
    server.use(answer("/resumes/:id/document", resumeDocument({ pages: [] })));
    const { user } = open("/resume/resume-1");
    point(await field(/^Skill: Python/));
    expect(lit().map((mark) => mark.textContent)).toEqual(["Python"]);
    await user.click(screen.getByText("Papermill", { selector: "mark" }));
    expect(await field(/^Employer: Papermill/)).toHaveAttribute("aria-pressed", "true");
  });

  it("shows a page without a picture by its lines, and asks once for pictures that are gone", async () => {
    let asked = 0;
    server.use(
      http.get("*/api/v1/resumes/:id/document", () => {
        asked += 1;
        const image = `https://uploads.example.com/${asked}.webp`;
        return HttpResponse.json(resumeDocument({ pages: [{ number: 1, width: 595, height: 842, image }] }));
      }),
    );
    open("/resume/resume-1");
    const picture = async (number: number) => {
      const found = await screen.findByRole("img", { name: "Page 1 of ada.pdf" });
      await waitFor(() => expect(found).toHaveAttribute("src", `https://uploads.example.com/${number}.webp`));
      return found;
    };
    fireEvent.error(await picture(1));
    fireEvent.error(await picture(2));
    expect(await screen.findByText("Engineer at Papermill")).toBeVisible();
    expect(asked).toBe(2);
  });

  it("leads to the corrections of the resume in use, and of no other", async () => {
    const { user } = open("/resume/resume-1");
    await user.click(await screen.findByRole("button", { name: "Correct it" }));
    expect(await screen.findByRole("form", { name: "Correct your profile" })).toBeVisible();
    server.use(answer("/profile", profile({ resume_id: "another" })));
    open("/resume/resume-1");
    expect((await screen.findAllByRole("region", { name: "Document" }))).not.toHaveLength(0);
    await waitFor(() => expect(screen.queryAllByRole("button", { name: "Correct it", hidden: true })).toHaveLength(1));
  });
});

describe("the way there", () => {
  it("is beside each resume that was read, and on the profile", async () => {
    const items = [resume({ status: "read" }), resume({ id: "resume-0", status: "refused" })];
    server.use(answer("/resumes", { items }));
    open("/resume");
    const links = await screen.findAllByRole("link", { name: /^See where it was read/ });
    expect(links.map((link) => link.getAttribute("href"))).toEqual(["/resume/resume-1"]);
    const { user, address } = open("/profile");
    await user.click(await screen.findByRole("link", { name: "See where it was read" }));
    expect(address()).toBe("/resume/resume-1");
  });
});

describe("a resume without its document", () => {
  it("fills the page by itself as soon as it is read", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 40 });
    let asked = 0;
    server.use(
      http.get("*/api/v1/resumes/:id", () => HttpResponse.json(resume({ status: ++asked < 3 ? "extracted" : "read" }))),
    );
    open("/resume/resume-1");
    expect(await screen.findByText(/fills by itself/)).toBeVisible();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await field(/^Name:/)).toBeVisible();
    vi.useRealTimers();
  });

  it("says why it was refused", async () => {
    const refusal = { code: "empty", reason: "The file is empty." } as const;
    server.use(answer("/resumes/:id", resume({ status: "refused", refusal })));
    open("/resume/resume-1");
    expect(await screen.findByText(/The file is empty/)).toBeVisible();
  });

  it("says so where nothing is kept of it, or there is no such resume", async () => {
    server.use(http.get("*/api/v1/resumes/:id/document", () => HttpResponse.json(notFound, { status: 404 })));
    open("/resume/resume-1");
    expect(await screen.findByRole("link", { name: "Upload it again" })).toHaveAttribute("href", "/resume");
    server.use(http.get("*/api/v1/resumes/:id", () => HttpResponse.json(notFound, { status: 404 })));
    open("/resume/none");
    expect(await screen.findByText("There is no such resume")).toBeVisible();
  });

  it("that cannot be had for now may be asked for again", async () => {
    server.use(http.get("*/api/v1/resumes/:id/document", () => problem(503, "Busy", "Ask later."), { once: true }));
    const { user } = open("/resume/resume-1");
    await user.click(await screen.findByRole("button", { name: "Try again" }));
    expect(await field(/^Name:/)).toBeVisible();
  });

  it("in which nothing was found says so", async () => {
    server.use(answer("/resumes/:id/document", resumeDocument({ fields: [] })));
    open("/resume/resume-1");
    expect(await screen.findByText("Nothing was found in it")).toBeVisible();
  });
});

describe("the fields", () => {
  it("are sure, likely or to be checked, each from its bound on", () => {
    expect([0.9, 0.899, 0.7, 0.699, null].map(surenessOf)).toEqual(["sure", "likely", "likely", "check", null]);
    expect([1, 0.997, 0.824].map(percent)).toEqual(["100 %", "99 %", "82 %"]);
  });

  it("are in the groups of the profile, told once, and those that no group knows are last", () => {
    const of = (path: string, value: string) => ({ path, value, spans: [], confidence: 0.95, derived_from: null });
    const fields = [
      of("/secrets/0", "x"),
      of("/emails/0", "ada@example.com"),
      of("/emails/1", "ada.martin@example.org"),
      of("/email", "ada@example.com"),
      of("/work/0/bullets/0", "Built it."),
      of("/work/0/start", "2021-03"),
      of("/skills/0", "Python"),
      of("/links/0/url", "https://github.com/example"),
      of("/links/0/kind", "github"),
      of("/skill_uses/0", "Python: 1 position, 58 months"),
    ];
    const told = groupsOf({ fields, profile: profile().profile });
    expect(told.map(({ title, entries }) => [title, ...entries.flatMap((entry) => entry.fields.map(({ label, value }) => `${label}: ${value}`))])).toEqual([
      ["Person", "E-mail: ada@example.com", "E-mail: ada.martin@example.org", "GitHub: https://github.com/example"],
      ["Skills", "Skill: Python"],
      ["Work", "Start: Mar 2021", "Task: Built it."],
      ["Skills at work", "Python: 1 position, 58 months"],
      ["Also read", "secrets: x"],
    ]);
    expect(unsureOnly(told)).toEqual([]);
  });
});

describe("the places", () => {
  it("cut the text at each field's letters, of which a sign outside the first plane is one", () => {
    const { text, fields } = resumeDocument();
    const pieces = piecesOf(text, fields, new Set(["/name", "/work/0/title", "/label"]));
    expect(pieces.map(({ text: words }) => words).join("")).toBe(text);
    expect(pieces.filter(({ paths }) => paths.length > 0).map(({ text: words, paths }) => [words, ...paths])).toEqual([
      ["Ada Martin", "/name"],
      ["Engineer", "/label", "/work/0/title"],
    ]);
  });

  it("of a field inside another's come after it, so that both can be pointed at", () => {
    const box = (x1: number) => ({ x0: 0, y0: 0, x1, y1: 0.1 });
    const of = (path: string, x1: number) => ({
      path,
      value: "x",
      spans: [{ start: 0, end: 1, page: 1, box: box(x1) }],
      confidence: 0.9,
      derived_from: null,
    });
    const places = placesOf({ fields: [of("/skills/0", 0.2), of("/summary", 0.9)], lines: [] }, new Set(["/skills/0", "/summary"]));
    expect(places.map(({ paths }) => paths)).toEqual([["/summary"], ["/skills/0"]]);
  });
});
