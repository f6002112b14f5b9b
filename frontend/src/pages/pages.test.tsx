import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import { detail, match, matchPage, notFound, posting, postingPage, source } from "../test/data";
import { open } from "../test/render";
import { answer, problem, server } from "../test/server";
import { bands, mostMissed } from "./insights";

const gone = (path: string) => http.get(`*/api/v1${path}`, () => HttpResponse.json(notFound, { status: 404 }));

describe("the matches", () => {
  it("show score, parts, skills, pay, place and credit", async () => {
    const { user } = open("/");
    const card = await screen.findByRole("article", { name: "1. Backend Engineer" });
    expect(within(card).getByRole("img", { name: "Score 82 of 100" })).toBeVisible();
    expect(within(card).getByText("€70K – €90K per year")).toBeVisible();
    expect(within(card).getByText("Hybrid · Berlin, Germany")).toBeVisible();
    expect(within(card).getByRole("group", { name: "Skills you have" })).toHaveTextContent("Python");
    expect(within(card).getByRole("group", { name: "Skills you lack" })).toHaveTextContent("Kafka");
    const credit = within(card).getByRole("link", { name: "Job found on Example" });
    expect(credit).toHaveAttribute("href", "https://jobs.example.com/1");
    expect(credit.getAttribute("rel")).not.toMatch(/nofollow|noreferrer/);
    await user.click(within(card).getByRole("button", { name: "Why this score" }));
    expect(within(card).getByText("Nine of ten skills fit.")).toBeVisible();
  });

  it("of the sample say that they are made up", async () => {
    server.use(answer("/matches", matchPage({ items: [match({ posting: posting({ sample: true }) })] })));
    open("/");
    expect(await screen.findByText("Sample")).toBeVisible();
  });

  it("grow by the next page", async () => {
    server.use(
      http.get("*/api/v1/matches", ({ request }) => {
        const second = new URL(request.url).searchParams.get("cursor") === "two";
        const item = match({ posting: posting({ id: second ? "b" : "a", title: second ? "Second" : "First" }) });
        return HttpResponse.json(matchPage({ items: [item], next_cursor: second ? null : "two" }));
      }),
    );
    const { user } = open("/");
    await user.click(await screen.findByRole("button", { name: "Load more" }));
    expect(await screen.findByRole("article", { name: "2. Second" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Load more" })).toBeNull();
  });

  it("that are being ranked anew appear by themselves", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 40 });
    let asked = 0;
    server.use(http.get("*/api/v1/matches", () => HttpResponse.json(matchPage({ stale: ++asked < 3 }))));
    open("/");
    expect(await screen.findByTestId("ranking")).toBeVisible();
    await vi.advanceTimersByTimeAsync(6_000);
    await waitFor(() => expect(screen.queryByTestId("ranking")).toBeNull());
    vi.useRealTimers();
  });

  it("of somebody without a resume are an invitation to upload one", async () => {
    server.use(answer("/matches", matchPage({ summary: null, items: [] })));
    open("/");
    expect(await screen.findByTestId("drop-zone")).toBeVisible();
  });

  it("that are none lead to the sources", async () => {
    server.use(answer("/matches", matchPage({ items: [] })));
    open("/");
    expect(await screen.findByRole("link", { name: "See the sources" })).toHaveAttribute("href", "/sources");
  });

  it("that cannot be had say so, and may be asked for again", async () => {
    server.use(
      http.get("*/api/v1/matches", () => problem(503, "No index yet", "It is being built."), { once: true }),
    );
    const { user } = open("/");
    expect(await screen.findByRole("alert")).toHaveTextContent("It is being built.");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("article", { name: "1. Backend Engineer" })).toBeVisible();
  });

  it("are counted by score and by missing skill", () => {
    const found = [match({ score: 100 }), match({ score: 71 }), match({ score: 79.9, missing_skills: [] })];
    expect(bands(found)).toEqual([
      { label: "70–79", matches: 2 },
      { label: "80–89", matches: 0 },
      { label: "90–100", matches: 1 },
    ]);
    expect(bands([])).toEqual([]);
    expect(mostMissed(found)).toEqual([{ id: "kafka", name: "Kafka", matches: 2 }]);
  });
});

describe("the search", () => {
  function asked() {
    const queries: string[] = [];
    server.use(
      http.get("*/api/v1/postings", ({ request }) => {
        queries.push(decodeURIComponent(new URL(request.url).search));
        return HttpResponse.json(postingPage());
      }),
    );
    return queries;
  }

  it("reads its state from the address, and leaves out what makes no sense there", async () => {
    const queries = asked();
    open("/search?q=rust&country=DE&work_mode=underwater&min_pay=50000&sort=newest");
    await screen.findByText("1 posting found");
    expect(queries).toEqual(["?q=rust&country=DE&min_pay=50000&sort=newest&limit=20"]);
  });

  it("keeps what is typed and chosen in the address", async () => {
    const queries = asked();
    const { user, address } = open("/search");
    await user.type(await screen.findByRole("searchbox", { name: "Search postings" }), "python{Enter}");
    await user.click(await screen.findByRole("button", { name: "Remote, 2 postings" }));
    await waitFor(() => expect(address()).toBe("/search?q=python&work_mode=remote"));
    await waitFor(() => expect(queries.at(-1)).toBe("?q=python&work_mode=remote&limit=20"));
    await user.click(screen.getByRole("button", { name: "Clear filters" }));
    await waitFor(() => expect(address()).toBe("/search?q=python"));
  });

  it("says when it found only words like those that were typed", async () => {
    server.use(answer("/postings", postingPage({ approximate: true })));
    open("/search?q=pyhton");
    expect(await screen.findByText(/words like yours/)).toBeVisible();
  });

  it("that finds nothing offers a way back to all postings", async () => {
    server.use(answer("/postings", postingPage({ total: 0, items: [] })));
    const { user, address } = open("/search?q=zzz");
    await user.click(await screen.findByRole("button", { name: "Show all postings" }));
    expect(address()).toBe("/search");
  });
});

describe("a posting", () => {
  it("shows its clean text, where to apply and why it fits", async () => {
    server.use(answer("/postings/:id", detail({ description_html: "<p>Build it.<script>x()</script></p>" })));
    open("/postings/posting-1");
    expect(await screen.findByText("Build it.")).toBeVisible();
    expect(document.querySelector("main script")).toBeNull();
    expect(screen.getByRole("link", { name: "Apply" })).toHaveAttribute("href", "https://jobs.example.com/1/apply");
    expect(await screen.findByText("Nine of ten skills fit.")).toBeVisible();
  });

  it("that is made up has nowhere to apply", async () => {
    server.use(answer("/postings/:id", detail({ sample: true })));
    open("/postings/posting-1");
    expect(await screen.findByText("good")).toBeVisible();
    expect(screen.queryByRole("link", { name: "Apply" })).toBeNull();
  });

  it("leads back to the search it was found by", async () => {
    const { user, address } = open("/search?q=python");
    await user.click(await screen.findByRole("link", { name: "Backend Engineer" }));
    await user.click(await screen.findByRole("link", { name: "Back to the search" }));
    expect(await screen.findByRole("heading", { name: "Search postings" })).toBeVisible();
    expect(address()).toBe("/search?q=python");
  });

  it("never leads to a script's address", async () => {
    server.use(answer("/postings/:id", detail({ apply_url: "javascript:alert(1)" })));
    open("/postings/posting-1");
    expect(await screen.findByRole("link", { name: "Apply" })).toHaveAttribute("href", "https://jobs.example.com/1");
  });

  it("that is not among the matches shows the skills it asks for", async () => {
    const asked: string[] = [];
    server.use(
      http.get("*/api/v1/matches", ({ request }) => {
        asked.push(new URL(request.url).search);
        return HttpResponse.json(matchPage({ items: [] }));
      }),
    );
    open("/postings/posting-1");
    expect(await screen.findByText(/not among your best matches/)).toBeVisible();
    expect(asked).toEqual(["?posting_id=posting-1"]);
  });

  it("that is gone says so", async () => {
    server.use(gone("/postings/:id"), answer("/matches", matchPage({ items: [] })));
    open("/postings/old");
    expect(await screen.findByText("There is no such posting")).toBeVisible();
  });
});

describe("the sources", () => {
  it("say how they fare and why", async () => {
    const blocked = source({ id: "b", name: "Other board", status: "blocked", reason: "The site answered 403." });
    server.use(answer("/sources", { items: [source(), blocked] }));
    open("/sources");
    const card = await screen.findByRole("listitem", { name: "Other board" });
    expect(document.querySelector("[data-source]")).toBe(card);
    expect(within(card).getByText("Blocked")).toBeVisible();
    expect(within(card).getByText("The site answered 403.")).toBeVisible();
  });

  it("are collected from when asked, until a later run has ended", async () => {
    const asked = vi.fn();
    let ran = false;
    server.use(
      http.post("*/api/v1/sources/:id/collections", ({ params }) => {
        asked(decodeURIComponent(String(params.id)));
        setTimeout(() => (ran = true), 500);
        return HttpResponse.json({ id: "1", source_id: String(params.id) }, { status: 202 });
      }),
      http.get("*/api/v1/sources", () =>
        HttpResponse.json({ items: [ran ? source({ last_run_at: "2026-01-09T00:00:00Z", postings: 15 }) : source()] }),
      ),
    );
    const { user } = open("/sources");
    const button = await screen.findByRole("button", { name: "Collect now from Acme board" });
    await user.click(button);
    await waitFor(() => expect(button).toBeDisabled());
    expect(await screen.findByText("15 postings", undefined, { timeout: 8_000 })).toBeVisible();
    await waitFor(() => expect(button).toBeEnabled());
    expect(asked).toHaveBeenCalledWith("greenhouse:acme");
  });

  it("that may not be collected from say so in words", async () => {
    const words = "Your account may not do this. An administrator can.";
    server.use(http.post("*/api/v1/sources/:id/collections", () => problem(403, "Not allowed", words)));
    const { user } = open("/sources");
    await user.click(await screen.findByRole("button", { name: "Collect now from Acme board" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(words);
  });
});

describe("the frame", () => {
  it("says so when there is no such page", async () => {
    open("/no/such/page");
    expect(await screen.findByRole("heading", { name: "Page not found" })).toBeVisible();
  });

  it("has a skip link, landmarks and a title per page", async () => {
    const { user } = open("/sources");
    await screen.findByRole("heading", { name: "Sources" });
    await user.tab();
    expect(screen.getByRole("link", { name: "Skip to the content" })).toHaveFocus();
    expect(screen.getByRole("main")).toHaveAttribute("id", "content");
    expect(document.title).toBe("Sources · Jobtracker");
  });

  it("changes between light and dark", async () => {
    const { user } = open("/sources");
    await user.click(await screen.findByRole("button", { name: "Use the dark theme" }));
    expect(await screen.findByRole("button", { name: "Use the light theme" })).toBeVisible();
    expect(document.documentElement).toHaveAttribute("data-mantine-color-scheme", "dark");
  });

  it("shows words and a way on when a page breaks", async () => {
    vi.mocked(console.error).mockImplementation(() => undefined);
    server.use(answer("/sources", { items: [{ ...source(), status: "unheard-of" }] }));
    open("/sources");
    expect(await screen.findByRole("heading", { name: "This page stopped working" })).toBeVisible();
    expect(screen.getByRole("link", { name: "Go to your matches" })).toHaveAttribute("href", "/");
  });
});
