import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import type { PostingReading, Reading } from "../../api";
import { detail, notFound } from "../../test/data";
import { open } from "../../test/render";
import { answer, server } from "../../test/server";

const text = "We bake 🥐 at night.\n\n* You know sourdough.\n\n* French is a plus <b>really</b>.";
const html = "<p>We bake 🥐 at night.</p><ul><li>You know <b>sourdough</b>.</li><li>French is a plus &lt;b&gt;really&lt;/b&gt;.</li></ul>";

/** A passage with where it stands, in code points. */
function point(words: string) {
  const start = [...text.slice(0, text.indexOf(words))].length;
  return { text: words, spans: [{ start, end: start + [...words].length }] };
}

const nothing: PostingReading = { must_have: [], nice_to_have: [], seniority: [], benefits: [], visa: [], remote: [], summary: [] };
const read: Reading = {
  status: "read",
  reason: null,
  reading: {
    ...nothing,
    must_have: [point("You know sourdough")],
    nice_to_have: [point("French is a plus <b>really</b>")],
    summary: [{ ...point("We bake 🥐 at night"), text: "bake at night" }],
  },
};
const model = { available: true, allowed: true, decided_at: null, spent_microdollars: 0, month_cap_microdollars: 1 };

function path(answers: () => Reading | null) {
  return http.get("*/api/v1/postings/:id/reading", () => {
    const found = answers();
    return found === null ? HttpResponse.json(notFound, { status: 404 }) : HttpResponse.json(found);
  });
}

describe("what Claude read in a posting", () => {
  it("is asked for by itself where it may be, and each item shows its place in the description", async () => {
    const asked = vi.fn();
    let stored: Reading | null = null;
    server.use(
      answer("/me/language-model", model),
      answer("/postings/:id", detail({ description_text: text, description_html: html })),
      path(() => stored),
      http.post("*/api/v1/postings/:id/reading", ({ params }) => {
        asked(params["id"]);
        stored = read;
        return HttpResponse.json({ status: "waiting", reason: null, reading: null }, { status: 202 });
      }),
    );
    const scrolled = vi.spyOn(HTMLElement.prototype, "scrollIntoView");
    const { user } = open("/postings/posting-1");
    const card = await screen.findByRole("region", { name: "Read by Claude" });
    const needed = await within(card).findByRole("group", { name: "You need" });
    await user.click(within(needed).getByRole("button", { name: "You know sourdough" }));
    expect(window.getSelection()?.toString()).toBe("You know sourdough");
    expect(scrolled).toHaveBeenCalled();
    await user.click(within(card).getByRole("button", { name: "bake at night" }));
    expect(window.getSelection()?.toString()).toBe("We bake 🥐 at night");
    // What a posting writes is text, whatever it looks like.
    expect(within(card).getByText("French is a plus <b>really</b>")).toBeVisible();
    expect(within(card).queryByRole("group", { name: "Benefits" })).toBeNull();
    expect(asked.mock.calls).toEqual([["posting-1"]]);
  });

  it.each([
    { ...model, allowed: false },
    { ...model, available: false, allowed: false },
  ])("is not asked for where it may not be", async (told) => {
    const asked = vi.fn();
    server.use(
      answer("/me/language-model", told),
      http.post("*/api/v1/postings/:id/reading", () => {
        asked();
        return HttpResponse.json({ status: "waiting", reason: null, reading: null }, { status: 202 });
      }),
    );
    open("/postings/posting-1");
    await screen.findByRole("region", { name: "Life of this posting" });
    expect(asked).not.toHaveBeenCalled();
    expect(screen.queryByRole("region", { name: "Read by Claude" })).toBeNull();
  });

  it("that somebody else asked for is shown to all", async () => {
    server.use(
      answer("/me/language-model", { ...model, allowed: false }),
      path(() => read),
    );
    open("/postings/posting-1");
    expect(await screen.findByRole("region", { name: "Read by Claude" })).toHaveTextContent("You know sourdough");
  });

  it("is looked for again while it is being read", async () => {
    let answers = 0;
    server.use(
      answer("/me/language-model", { ...model, allowed: false }),
      path(() => {
        answers += 1;
        return answers > 1 ? read : { status: "waiting", reason: null, reading: null };
      }),
    );
    open("/postings/posting-1");
    expect(await screen.findByText("Claude is reading this posting.")).toBeVisible();
    expect(await screen.findByRole("group", { name: "You need" }, { timeout: 5_000 })).toBeVisible();
  });

  it("that failed says why, quietly, and can be tried again", async () => {
    const asked = vi.fn();
    let stored: Reading = { status: "failed", reason: "This posting was not read, because the language model declined to answer.", reading: null };
    server.use(
      answer("/me/language-model", model),
      path(() => stored),
      http.post("*/api/v1/postings/:id/reading", () => {
        asked();
        stored = read;
        return HttpResponse.json(read);
      }),
    );
    const { user } = open("/postings/posting-1");
    expect(await screen.findByText(/declined to answer/)).toBeVisible();
    expect(screen.queryByRole("alert")).toBeNull();
    expect(asked).not.toHaveBeenCalled();
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await waitFor(() => expect(screen.getByRole("region", { name: "Read by Claude" })).toHaveTextContent("You need"));
  });
});
