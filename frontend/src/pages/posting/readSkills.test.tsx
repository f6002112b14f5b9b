import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import type { PostingSkill } from "../../api";
import { askedSkill, detail } from "../../test/data";
import { open } from "../../test/render";
import { answer, problem, server } from "../../test/server";

const text = "We 🥐 bake. You write shift rosters, ring bells and know Python.";
const html = "<p>We 🥐 bake. You write <b>shift</b> rosters, ring bells and know Python.</p>";

/** A phrase with where it stands, in code points. */
function readSkill(phrase: string, change: Partial<PostingSkill> = {}): PostingSkill {
  const start = [...text.slice(0, text.indexOf(phrase))].length;
  const spans = [{ start, end: start + [...phrase].length }];
  return {
    skill: null,
    phrase,
    kind: "knowledge",
    found_by: "phrase",
    confidence: 0.8,
    demand: "required",
    years: null,
    learned: false,
    spans,
    in_profile: false,
    ...change,
  };
}

const python = readSkill("Python", { skill: { id: "python", name: "Python" }, found_by: "named" });
const rosters = readSkill("shift rosters", {
  skill: { id: "shift-planning", name: "Shift planning" },
  found_by: "linked",
  in_profile: true,
  years: 3,
});
const bells = readSkill("ring bells", { demand: "preferred" });
const named = askedSkill({ demand: "required", spans: python.spans });
const shown = detail({ description_text: text, description_html: html, skills: [named] });

async function card() {
  return screen.findByRole("region", { name: "Skills of this posting" });
}

describe("skills that only the careful reading found", () => {
  it("stand beside the others, say what they are like, and show their place", async () => {
    server.use(
      answer("/postings/:id", shown),
      answer("/postings/:id/skills", { version: "1", items: [rosters, bells, python] }),
    );
    const scrolled = vi.spyOn(HTMLElement.prototype, "scrollIntoView");
    const { user } = open("/postings/posting-1");
    const required = within(await card()).getByRole("group", { name: "Required" });
    const own = await within(required).findByRole("list", { name: "Read from the text" });
    // What the posting names is told once.
    expect(within(own).getAllByRole("listitem")).toHaveLength(1);
    const button = within(own).getByRole("button");
    expect(button).toHaveTextContent("shift rosters · 3+ years like Shift planning, which you have");
    const liked = within(await card()).getByRole("group", { name: "Nice to have" });
    expect(within(liked).getByRole("button", { name: "ring bells" })).toBeVisible();
    await user.click(button);
    expect(window.getSelection()?.toString()).toBe("shift rosters");
    expect(scrolled).toHaveBeenCalled();
    const marks = [...document.querySelectorAll("mark")].map((mark) => [mark.textContent, mark.dataset["skill"]]);
    expect(marks).toEqual([
      ["shift", "required"],
      ["rosters", "required"],
      ["ring bells", "preferred"],
      ["Python", "required"],
    ]);
  });

  it("leave the page as it was where they cannot be had, and say so", async () => {
    let fails = true;
    server.use(
      answer("/postings/:id", shown),
      http.get("*/api/v1/postings/:id/skills", () =>
        fails ? problem(503, "Busy", "Come back later.") : HttpResponse.json({ version: "1", items: [bells] }),
      ),
    );
    const { user } = open("/postings/posting-1");
    expect(await within(await card()).findByText(/could not be read more closely just now/)).toBeVisible();
    expect(within(await card()).getByText("Python")).toBeVisible();
    expect(document.querySelectorAll("mark")).toHaveLength(1);
    fails = false;
    await user.click(within(await card()).getByRole("button", { name: "Try again" }));
    expect(await within(await card()).findByRole("button", { name: "ring bells" })).toBeVisible();
  });

  it("are not asked for where there is no text", async () => {
    const asked = vi.fn();
    server.use(
      answer("/postings/:id", detail({ description_text: "", description_html: "" })),
      http.get("*/api/v1/postings/:id/skills", () => {
        asked();
        return HttpResponse.json({ version: "1", items: [] });
      }),
    );
    open("/postings/posting-1");
    await card();
    expect(asked).not.toHaveBeenCalled();
  });
});
