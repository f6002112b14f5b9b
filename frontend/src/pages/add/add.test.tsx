import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import type { Import, ImportRequest } from "../../api";
import { forgetCaptured, takeFromAddress } from "../../captured";
import { anImport, posting } from "../../test/data";
import { open } from "../../test/render";
import { answer, server } from "../../test/server";
import { bookmarklet } from "./bookmarklet";
import { largestContent } from "./limits";
import { unpack } from "./unpack";

const text = (request: ImportRequest) => new TextDecoder().decode(Uint8Array.from(atob(request.content ?? ""), (sign) => sign.charCodeAt(0)));

/** Takes imports, which end as `ended` says after they were asked for once. */
function imports(ended: Partial<Import>) {
  const requests: ImportRequest[] = [];
  let begun: Import[] = [];
  server.use(
    http.post("*/api/v1/imports", async ({ request }) => {
      const body = (await request.json()) as ImportRequest;
      requests.push(body);
      const one = anImport({ id: `import-${requests.length}`, kind: body.kind, url: body.url ?? null, filename: body.filename ?? null, status: "pending", how: null, posting_ids: [] });
      begun = [one, ...begun];
      return HttpResponse.json(one, { status: 202 });
    }),
    http.get("*/api/v1/imports", () => {
      const answered = { items: begun };
      begun = begun.map((one) => ({ ...one, status: "done", ...ended }));
      return HttpResponse.json(answered);
    }),
  );
  return requests;
}

async function packed(html: string): Promise<string> {
  const stream = new Response(html).body?.pipeThrough(new CompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream ?? null).arrayBuffer());
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

describe("a posting", () => {
  it("is added by its address, and shown as soon as it is read", async () => {
    const requests = imports({ how: "structured", posting_ids: ["posting-1"] });
    const { user } = open("/add");
    await user.type(await screen.findByLabelText("Web address of the posting"), "https://jobs.example.com/1");
    await user.click(screen.getByRole("button", { name: "Add" }));
    expect(await screen.findByRole("link", { name: "Backend Engineer · Harbourline" })).toHaveAttribute("href", "/postings/posting-1");
    expect(screen.getByText(/read from the page's own job data/)).toBeVisible();
    expect(requests).toEqual([{ kind: "url", url: "https://jobs.example.com/1" }]);
  });

  it("is shown where its state is told, however far below it was brought in", async () => {
    const seen: string[] = [];
    const told = vi.spyOn(window.HTMLElement.prototype, "scrollIntoView").mockImplementation(function (this: HTMLElement) {
      seen.push(this.getAttribute("aria-label") ?? "");
    });
    imports({ status: "failed", reason: "the page names no job" });
    const { user } = open("/add");
    const address = await screen.findByLabelText("Web address of the posting");
    expect(seen).toEqual([]);
    for (const page of ["1", "2"]) {
      await user.type(address, `https://jobs.example.com/${page}`);
      await user.click(screen.getByRole("button", { name: "Add" }));
      const section = await screen.findByRole("region", { name: "What you added" });
      await waitFor(() => expect(section).toHaveFocus());
      expect(await within(section).findByText("jobs.example.com/" + page)).toBeVisible();
    }
    expect(seen).toEqual(["What you added", "What you added"]);
    expect((await screen.findAllByText("The page names no job.", {}, { timeout: 4_000 }))[0]).toBeVisible();
    told.mockRestore();
  });

  it("is listed with the newest first, and those that do not say when last", async () => {
    const dated = { "2026-01-02T00:00:00Z": "Older", "2026-01-09T00:00:00Z": "Newer" };
    const items = [
      posting({ id: "a", title: "Undated", posted_at: null }),
      ...Object.entries(dated).map(([at, title]) => posting({ id: title, title, posted_at: at })),
    ];
    server.use(answer("/own-postings", { items, next_cursor: null }));
    open("/add");
    const own = await screen.findByRole("region", { name: "Postings that only you have" });
    expect(within(own).getAllByRole("heading", { level: 3 }).map((one) => one.textContent)).toEqual(["Newer", "Older", "Undated"]);
  });

  it("is added from pasted HTML, whatever letters are in it", async () => {
    const requests = imports({ how: "layout", posting_ids: ["posting-1"] });
    const { user } = open("/add");
    await user.click(await screen.findByLabelText("HTML"));
    await user.paste("<h1>Ingénieur·e 🚀</h1>");
    await user.click(screen.getByRole("button", { name: "Read it" }));
    await screen.findByText(/read from the page's layout/);
    expect(requests[0]).toMatchObject({ kind: "page", url: null });
    expect(requests.map(text)).toEqual(["<h1>Ingénieur·e 🚀</h1>"]);
  });

  it("is added from mails and saved pages, and other files are refused before they are sent", async () => {
    const requests = imports({ how: "mail", posting_ids: [], status: "failed", reason: "no posting is in this mail" });
    const { user } = open("/add");
    const files = [
      new File(["From: alerts@example.com"], "alert.eml"),
      new File(["<p>"], "page.html"),
      new File([new Uint8Array(largestContent + 1)], "large.eml"),
      new File(["x"], "job.pdf"),
    ];
    const input = await screen.findByLabelText("Mails and saved pages");
    Object.defineProperty(input, "accept", { value: "" });
    await user.upload(input, files);
    expect(await screen.findByText(/large.eml is larger than 4 MB/)).toBeVisible();
    expect(screen.getByText(/job.pdf is not read/)).toBeVisible();
    await waitFor(() => expect(requests.map(({ kind }) => kind)).toEqual(["mail", "page"]));
    expect((await screen.findAllByText("No posting is in this mail."))[0]).toBeVisible();
    expect(screen.getByRole("listitem", { name: "alert.eml" })).toBeVisible();
    expect(screen.getByRole("listitem", { name: "page.html" })).toBeVisible();
  });

  it("that came in a mail is told of under the mail's own subject, as text", async () => {
    const named: Partial<Import> = { kind: "mail", url: null, how: "mail", posting_ids: [] };
    const items = [
      anImport({ ...named, id: "1", subject: "3 new jobs <b>for you</b>", sender: "Acme Alerts", filename: "a.eml" }),
      anImport({ ...named, id: "2", subject: "Jobs in Berlin", filename: "b.eml" }),
      anImport({ ...named, id: "3", filename: "c.eml", status: "failed", reason: "no mail", how: null }),
      anImport({ ...named, id: "4" }),
    ];
    server.use(answer("/imports", { items }));
    open("/add");
    const section = await screen.findByRole("region", { name: "What you added" });
    const rows = within(section).getAllByRole("listitem").map((row) => row.getAttribute("aria-label"));
    expect(rows).toEqual(["3 new jobs <b>for you</b>", "Jobs in Berlin", "c.eml", "A mail"]);
    expect(within(section).getByText("3 new jobs <b>for you</b>")).toBeVisible();
    expect(within(section).getByText(/^Mail/, { selector: "p:has(bdi)" })).toHaveTextContent(/^Mail from Acme Alerts · /);
  });

  it("of one's own is deleted only after a question", async () => {
    const removed = vi.fn();
    server.use(
      answer("/own-postings", { items: [posting({ title: "Mine" })], next_cursor: null }),
      http.delete("*/api/v1/own-postings/:id", ({ params }) => {
        removed(params.id);
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user } = open("/add");
    await user.click(await screen.findByRole("button", { name: "Delete Mine" }));
    const dialog = await screen.findByRole("dialog", { name: "Delete this posting?" });
    expect(removed).not.toHaveBeenCalled();
    await user.click(within(dialog).getByRole("button", { name: "Delete" }));
    await waitFor(() => expect(removed).toHaveBeenCalledWith("posting-1"));
  });
});

describe("the bookmarklet", () => {
  it("is a link that only the bookmarks bar runs", async () => {
    const { user } = open("/add");
    const link = await screen.findByRole("link", { name: "Add to Jobtracker" });
    expect(link.getAttribute("href")).toMatch(/^javascript:/);
    await user.click(link);
    expect(await screen.findByText(/drag it there/)).toBeVisible();
    expect(bookmarklet("https://jobs.example.com")).toContain(encodeURIComponent('"https://jobs.example.com/add#page="'));
  });

  it("brings a page that is shown with where it is from, and sent only when the person says so", async () => {
    const requests = imports({ posting_ids: ["posting-1"] });
    const url = "https://jobs.example.com/a?b=c&d";
    window.history.replaceState(null, "", `/add#page=${await packed("<h1>Hi</h1>")}&url=${encodeURIComponent(url)}`);
    takeFromAddress();
    expect(window.location.hash).toBe("");
    const { user } = open("/add");
    const asked = await screen.findByRole("region", { name: "The page from your bookmark" });
    expect(asked).toHaveTextContent("jobs.example.com");
    expect(requests).toEqual([]);
    await user.click(within(asked).getByRole("button", { name: "Read it" }));
    await waitFor(() => expect(requests).toHaveLength(1));
    expect(requests[0]).toMatchObject({ kind: "page", url });
    expect(requests.map(text)).toEqual(["<h1>Hi</h1>"]);
    await waitFor(() => expect(asked).not.toBeInTheDocument());
  });

  it("may bring nothing that was cut off, is too large when unpacked, or names no web address", async () => {
    expect(await unpack("page=abc")).toBeNull();
    expect(await unpack("url=x")).toBeNull();
    const whole = await packed("<p>".repeat(50));
    expect(await unpack(`page=${whole.slice(0, -12)}`)).toBeNull();
    expect(await unpack(`page=${await packed(" ".repeat(largestContent + 1))}`)).toBeNull();
    expect((await unpack(`page=${whole}&url=javascript:x`))?.url).toBeNull();
    window.history.replaceState(null, "", "/add#page=abc");
    takeFromAddress();
    open("/add");
    expect(await screen.findByText("The page did not arrive whole")).toBeVisible();
    forgetCaptured();
  });
});
