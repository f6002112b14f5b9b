import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import { notFound, profile } from "../test/data";
import { open } from "../test/render";
import { answer, server } from "../test/server";

const gone = (path: string) => http.get(`*/api/v1${path}`, () => HttpResponse.json(notFound, { status: 404 }));

describe("the profile", () => {
  it("shows what was read from the resume", async () => {
    open("/profile");
    expect(await screen.findByRole("heading", { name: "Ada Martin" })).toBeVisible();
    expect(screen.getByText("Mar 2021 – now")).toBeVisible();
    expect(screen.getByText("Built the billing API.")).toBeVisible();
    expect(screen.getByText("TU Hamburg")).toBeVisible();
    expect(screen.getByRole("link", { name: "GitHub" })).toHaveAttribute("href", "https://github.com/example");
  });

  it("shows every further field", async () => {
    open("/profile");
    const said = async (title: string) => within(await screen.findByRole("region", { name: title }));
    expect((await said("Contact")).getByText(/ada@example\.com · ada\.martin@example\.org/)).toBeVisible();
    expect((await said("Skills at work")).getByText("4.8 years · Papermill")).toBeVisible();
    expect((await said("Education")).getByText("Grade: Note 1,3")).toBeVisible();
    expect((await said("Languages")).getByText("Native")).toBeVisible();
    expect((await said("Languages")).getByText("Muttersprache")).toBeVisible();
    expect((await said("Certificates")).getByText("Jun 2021")).toBeVisible();
    expect((await said("Certificates")).getByRole("link")).toHaveAttribute("href", "https://example.com/cert");
    expect((await said("Projects")).getByText("Plans routes.")).toBeVisible();
    expect((await said("Publications")).getByText("River Letters")).toBeVisible();
    expect((await said("Awards")).getByText("Best Thesis")).toBeVisible();
    expect((await said("Right to work")).getByText("Citizen")).toBeVisible();
  });

  it("shows skills in the person's own words, and what they are counted as", async () => {
    const data = profile();
    data.profile.other_skills = ["bell casting"];
    data.profile.linked_skills = [{ skill: { id: "shift-planning", name: "Shift planning" }, phrases: ["shift rosters", "rotas"] }];
    server.use(answer("/profile", data));
    open("/profile");
    const own = within(await screen.findByRole("group", { name: "In your own words" }));
    expect(own.getByText("bell casting")).toBeVisible();
    expect(own.getByText("“shift rosters”, “rotas” is counted as Shift planning")).toBeVisible();
  });

  it("lets each value stand in the direction of its own letters", async () => {
    open("/profile");
    expect(await screen.findByRole("heading", { name: "Ada Martin" })).toHaveAttribute("dir", "auto");
    expect(screen.getByText("TU Hamburg").closest("[dir]")).toHaveAttribute("dir", "auto");
    for (const words of ["Built the billing API.", "Plans routes.", "Muttersprache", "River Letters"]) {
      expect(screen.getByText(words).closest("[dir]")).toHaveAttribute("dir", "auto");
    }
  });

  it("has no section for what was not said", async () => {
    const { profile: fields, ...rest } = profile();
    server.use(answer("/profile", { ...rest, profile: { ...fields, awards: [], languages: [] } }));
    open("/profile");
    expect(await screen.findByRole("region", { name: "Projects" })).toBeVisible();
    expect(screen.queryByRole("region", { name: "Awards" })).toBeNull();
    expect(screen.queryByRole("region", { name: "Languages" })).toBeNull();
  });

  it("saves what the person wants", async () => {
    const saved = vi.fn();
    server.use(
      http.put("*/api/v1/profile/preferences", async ({ request }) => {
        saved(await request.json());
        return HttpResponse.json(profile({ version: 2 }));
      }),
    );
    const { user } = open("/profile");
    await user.type(await screen.findByRole("combobox", { name: "Titles" }), "Data Engineer{Enter}");
    await user.click(screen.getByRole("checkbox", { name: "Remote" }));
    await user.type(screen.getByLabelText("Lowest pay per year"), "65000");
    await user.click(screen.getByRole("button", { name: "Save preferences" }));
    expect(await screen.findByText(/Postings are being ranked anew/)).toBeVisible();
    expect(saved).toHaveBeenCalledWith({
      titles: ["Data Engineer"],
      countries: [],
      work_modes: ["remote"],
      pay_floor: 65000,
      pay_currency: "USD",
    });
  });

  it("is corrected by the person, who sees what the resume says and may go back to it", async () => {
    const sent = vi.fn();
    const corrected = profile({ corrections: [{ field: "phone", read: "+49 30 1" }] });
    server.use(
      answer("/profile", corrected),
      http.put("*/api/v1/profile/corrections", async ({ request }) => {
        sent(await request.json());
        return HttpResponse.json(corrected);
      }),
    );
    const { user } = open("/profile");
    expect(await screen.findByText(/and you corrected it/)).toBeVisible();
    const form = async () => {
      await user.click(screen.getByRole("button", { name: "Correct it" }));
      return screen.findByRole("form", { name: "Correct your profile" });
    };
    let shown = await form();
    expect(within(shown).getByText(/Your resume says “\+49 30 1”/)).toBeVisible();
    await user.clear(within(shown).getByLabelText("Name"));
    await user.type(within(shown).getByLabelText("Name"), "Ada M.");
    await user.clear(within(shown).getByLabelText("E-mail"));
    await user.click(within(shown).getByRole("button", { name: "Save" }));
    await waitFor(() => expect(sent).toHaveBeenCalledOnce());
    expect(sent).toHaveBeenLastCalledWith({ name: "Ada M.", email: null, phone: corrected.profile.phone });
    await waitFor(() => expect(screen.queryByRole("form", { name: "Correct your profile" })).toBeNull());
    shown = await form();
    await user.click(within(shown).getByRole("button", { name: "Use that" }));
    await user.click(within(shown).getByRole("button", { name: "Save" }));
    await waitFor(() => expect(sent).toHaveBeenLastCalledWith({}));
  });

  it("lets the person allow Claude, and shows what it cost", async () => {
    const sent = vi.fn();
    const model = { available: true, allowed: false, decided_at: null, spent_microdollars: 250_000, month_cap_microdollars: 1_000_000 };
    const receipt = {
      id: "r1",
      at: "2026-01-02T00:00:00Z",
      purpose: "read a page",
      model: "m",
      input_tokens: 10,
      output_tokens: 2,
      microdollars: 1_200,
      outcome: "answered",
    };
    server.use(
      answer("/me/language-model", model),
      answer("/me/llm-receipts", { items: [receipt], next_cursor: null }),
      http.put("*/api/v1/me/language-model", async ({ request }) => {
        sent(await request.json());
        return HttpResponse.json({ ...model, allowed: true });
      }),
    );
    const { user } = open("/profile");
    const card = await screen.findByRole("region", { name: "Help by Claude" });
    expect(within(card).getByText("$0.25 of $1.00 spent this month")).toBeVisible();
    expect(await within(card).findByText("$0.0012")).toBeVisible();
    const allow = within(card).getByRole("switch", { name: /Claude may read my resume/ });
    expect(allow).not.toBeChecked();
    await user.click(allow);
    await waitFor(() => expect(sent).toHaveBeenCalledWith({ allowed: true }));
  });

  it("says where Claude helped to read it", async () => {
    server.use(answer("/profile", profile({ read_by: "rules and Claude" })));
    open("/profile");
    expect(await screen.findByText(/^As it was read from your resume with Claude’s help/)).toBeVisible();
  });

  it("of somebody without a resume leads to the upload", async () => {
    server.use(gone("/profile"));
    open("/profile");
    expect(await screen.findByRole("link", { name: "Upload a resume" })).toHaveAttribute("href", "/resume");
  });
});
