import { screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it, vi } from "vitest";
import type { Import } from "../../api";
import { anImport, ledger, ownSource, source, sourceDetail, token } from "../../test/data";
import { open } from "../../test/render";
import { answer, problem, server } from "../../test/server";
import { draftOf, requestOf } from "./ownForm";
import { passing, summaryOf } from "./summary";
import { limitsInWords } from "./words";

const admin = answer("/me", { ...token.person, role: "admin" });

/** Answers a request with `body`, and remembers what was sent. */
function sent(method: "post" | "put" | "delete", path: string, body: object | null = null, status = 200) {
  const seen = vi.fn();
  server.use(
    http[method](`*/api/v1${path}`, async ({ request, params }) => {
      const text = await request.text();
      seen(params.id === undefined ? null : decodeURIComponent(String(params.id)), text === "" ? null : JSON.parse(text));
      return body === null ? new HttpResponse(null, { status: 204 }) : HttpResponse.json(body, { status });
    }),
  );
  return seen;
}

describe("everybody's sources", () => {
  it("say what was seen, what is double, what was refused, and since when some are blocked", () => {
    const at = new Date(new Date().setHours(9, 10, 0, 0)).toISOString();
    const blocked = { status: "blocked", since: at } as const;
    const several = [
      source({ duplicates: 90 }),
      source({ id: "a", ...blocked, duplicates: 6 }),
      source({ id: "b", ...blocked }),
    ];
    expect(summaryOf(several)).toBe("36 seen, 98 duplicates of others, 3 refused; 2 sources blocked since 09:10");
    expect(summaryOf([source({ counts: null, duplicates: null })])).toBe("0 seen");
  });

  it("show their last ledger in numbers", async () => {
    open("/sources");
    const card = await screen.findByRole("listitem", { name: "Acme board" });
    const numbers = within(card).getByRole("list", { name: "The last collection" });
    expect(numbers).toHaveTextContent("12 seen3 new1 changed7 unchanged1 refused2 gone");
    expect(within(card).getByText("2 postings the same job as another")).toBeVisible();
  });

  it("have no switch for people who may not decide for everybody", async () => {
    open("/sources");
    await screen.findByRole("listitem", { name: "Acme board" });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(screen.queryByRole("switch")).toBeNull();
  });

  it("that are restricted are turned on only by somebody who accepted their conditions", async () => {
    const restricted = source({ terms: "restricted", conditions: "Its agreement forbids it.", on: false, status: "off" });
    server.use(admin, answer("/sources", { items: [restricted] }));
    const seen = sent("put", "/sources/:id/setting", { ...restricted, on: true, accepted: true });
    const { user } = open("/sources");
    await user.click(await screen.findByRole("switch", { name: "Collect Acme board for everybody" }));
    const dialog = await screen.findByRole("dialog", { name: "Turn on Acme board?" });
    expect(within(dialog).getByText("Its agreement forbids it.")).toBeVisible();
    expect(within(dialog).getByRole("button", { name: "Turn on" })).toBeDisabled();
    expect(seen).not.toHaveBeenCalled();
    await user.click(within(dialog).getByRole("checkbox", { name: /I have read this/ }));
    await user.click(within(dialog).getByRole("button", { name: "Turn on" }));
    await waitFor(() => expect(seen).toHaveBeenCalledWith("greenhouse:acme", { on: true, accepted: true }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("that are open are turned off at once", async () => {
    server.use(admin);
    const seen = sent("put", "/sources/:id/setting", source({ on: false }));
    const { user } = open("/sources");
    await user.click(await screen.findByRole("switch", { name: "Collect Acme board for everybody" }));
    await waitFor(() => expect(seen).toHaveBeenCalledWith("greenhouse:acme", { on: false, accepted: false }));
  });

  it("with a key take it, say what is set, and never show it again", async () => {
    const keyed = source({ terms: "key", on: false, status: "off", secrets: ["app_id", "app_key"], secrets_set: ["app_id"] });
    server.use(admin, answer("/sources", { items: [keyed] }), answer("/sources/:id", sourceDetail({ source: keyed })));
    const seen = sent("put", "/sources/:id/secrets", keyed);
    const { user, address } = open("/sources");
    expect(await screen.findByRole("switch")).toBeDisabled();
    await user.click(screen.getByRole("button", { name: "Details of Acme board" }));
    expect(address()).toBe("/sources?source=greenhouse%3Aacme");
    const form = await screen.findByRole("form", { name: "Key of Acme board" });
    expect(within(form).getByText("set")).toBeVisible();
    const input = within(form).getByLabelText("App key", { selector: "input" });
    expect(input).toHaveAttribute("type", "password");
    await user.type(input, "s3cret");
    await user.click(within(form).getByRole("button", { name: "Save the key" }));
    await waitFor(() => expect(seen).toHaveBeenCalledWith("greenhouse:acme", { values: { app_key: "s3cret" } }));
    await waitFor(() => expect(input).toHaveValue(""));
    const forgotten = sent("delete", "/sources/:id/secrets", keyed);
    await user.click(within(form).getByRole("button", { name: "Delete the key" }));
    await user.click(await screen.findByRole("button", { name: "Delete" }));
    await waitFor(() => expect(forgotten).toHaveBeenCalledWith("greenhouse:acme", null));
  });

  it("that are on and lack their key say that they wait for it", async () => {
    const keyed = source({ terms: "key", on: true, status: "off", secrets: ["app_id"], secrets_set: [] });
    server.use(admin, answer("/sources", { items: [keyed] }));
    open("/sources");
    const card = await screen.findByRole("listitem", { name: "Acme board" });
    expect(within(card).getByText("Waits for its key")).toBeVisible();
    expect(within(card).queryByText("Switched off")).toBeNull();
  });

  it("that are off say why, and those left alone until when; neither can be collected", async () => {
    const off = source({ on: false, status: "off", reason: "an administrator turned it off" });
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const left = source({ id: "late", name: "Late board", status: "stale", reason: "the host demands a pause", retry_at: later });
    server.use(admin, answer("/sources", { items: [off, left, source({ id: "well", name: "Well board" })] }));
    open("/sources");
    const card = await screen.findByRole("listitem", { name: "Acme board" });
    expect(card).toHaveTextContent("An administrator turned it off.");
    expect(screen.getByRole("listitem", { name: "Late board" })).toHaveTextContent(/demands a pause. Since .* Left alone until/);
    const buttons = screen.getAllByRole("button", { name: /^Collect now from/ }).map((button) => button.ariaLabel);
    expect(buttons).toEqual(["Collect now from Well board"]);
  });

  it("tell in their details how they are asked, and why records were refused", async () => {
    open("/sources?source=greenhouse%3Aacme");
    const dialog = await screen.findByRole("dialog", { name: "Acme board" });
    expect(await within(dialog).findByText("100 requests an hour at most")).toBeVisible();
    const collections = within(dialog).getByRole("list", { name: "The last collections in numbers" });
    const [last, before, ...more] = within(collections).getAllByRole("listitem");
    expect(more).toHaveLength(0);
    expect(last).toHaveTextContent("seen12new3changed1unchanged7twice in the list0refused1gone2");
    expect(before).toHaveTextContent("Up to date3 requests");
    expect(within(dialog).getAllByText("No title.")).toHaveLength(1);
  });

  it("that are asked seldom say so in the singular", () => {
    const once = { between_s: 1, per_hour: 1, per_day: 1, every_hours: 1 };
    expect(limitsInWords(once)).toEqual([
      "At most once an hour",
      "1 second between two requests",
      "1 request an hour at most",
      "1 request a day at most",
    ]);
    expect(limitsInWords({ ...once, every_hours: 24, per_hour: null })).toContain("At most every 24 hours");
  });

  it("are narrowed by name, state and terms", async () => {
    const names = ["One", "Two", "Three", "Four", "Five", "Sixth"];
    const items = names.map((name, index) =>
      source({ id: name, name, kind: "board", terms: index === 3 ? "restricted" : "open", status: index < 2 ? "blocked" : "ok" }),
    );
    server.use(answer("/sources", { items }));
    const { user } = open("/sources");
    await user.type(await screen.findByRole("searchbox", { name: "Name of a source" }), "t");
    expect(screen.getAllByRole("listitem", { name: /^(Two|Three|Sixth)$/ })).toHaveLength(3);
    expect(screen.queryByRole("listitem", { name: "One" })).toBeNull();
    await user.click(screen.getByRole("combobox", { name: "State" }));
    await user.click(await screen.findByRole("option", { name: "Blocked" }));
    expect(screen.queryByRole("listitem", { name: "Three" })).toBeNull();
    expect(screen.getByRole("listitem", { name: "Two" })).toBeVisible();
  });

  it.each([
    ["greenhouse", ["Greenhouse"]],
    ["grenhouse", ["Greenhouse"]],
    ["greenhuose", ["Greenhouse"]],
    ["Greemh", ["Greenhouse"]],
    ["arbeitss now", ["Arbeits Now"]],
    ["arbiet", ["Arbeits Now"]],
    ["lvr", []],
    ["leaver", ["Lever"]],
    ["qqqqq", []],
  ])("are found by name in spite of one slip: %s", (text, names) => {
    const items = ["Greenhouse", "Lever", "Arbeits Now"].map((name) => source({ id: name.toLowerCase(), name }));
    expect(passing(items, { text, status: null, terms: null }).map(({ name }) => name)).toEqual(names);
  });
});

describe("companies", () => {
  const acme = { source_id: "lever:acme", name: "Acme", system: "Lever", domains: ["acme.com"], on: false };

  it("are found by name and added to the person's own sources", async () => {
    const asked: string[] = [];
    server.use(
      http.get("*/api/v1/companies", ({ request }) => {
        asked.push(new URL(request.url).searchParams.get("q") ?? "");
        return HttpResponse.json({ items: [acme], total: 916 });
      }),
    );
    const seen = sent("post", "/own-sources", ownSource(), 201);
    const { user, address } = open("/sources/companies");
    await user.type(await screen.findByRole("searchbox", { name: "Company" }), "acme");
    await waitFor(() => expect(asked.at(-1)).toBe("acme"));
    expect(address()).toBe("/sources/companies?q=acme");
    await user.click(await screen.findByRole("button", { name: "Add to my sources" }));
    expect(await screen.findByText("Among your sources")).toBeVisible();
    expect(seen.mock.calls[0]?.[1]).toEqual({ name: "Acme", config: { kind: "board", system: "lever", token: "acme" } });
    expect(screen.queryByRole("button", { name: "Collect for everybody" })).toBeNull();
  });

  it("are collected for everybody by administrators", async () => {
    server.use(admin, answer("/companies", { items: [acme], total: 916 }));
    const seen = sent("put", "/sources/:id/setting", source());
    const { user } = open("/sources/companies");
    await user.click(await screen.findByRole("button", { name: "Collect for everybody" }));
    expect(await screen.findByText("Collected for everybody")).toBeVisible();
    expect(seen).toHaveBeenCalledWith("lever:acme", { on: true, accepted: false });
  });

  it("that are not known are looked for, and what was found can be added", async () => {
    let asks = 0;
    const board = { source_id: "ashby:newco", system: "Ashby", company: "Newco", how: "page", evidence: "newco.com/jobs links to it" };
    const one = anImport({ kind: "board", url: "newco.com", status: "pending", how: null, posting_ids: [] });
    server.use(
      http.get("*/api/v1/imports/:id", () =>
        HttpResponse.json(++asks < 2 ? one : { ...one, status: "done", boards: [board] }),
      ),
    );
    const seen = sent("post", "/imports", one, 202);
    const { user } = open("/sources/companies?q=newco.com");
    await user.click(await screen.findByRole("button", { name: /Find the board of/ }));
    expect(await screen.findByText(/newco.com\/jobs links to it/)).toBeVisible();
    expect(seen.mock.calls[0]?.[1]).toEqual({ kind: "board", url: "newco.com" });
    expect(screen.getByRole("button", { name: "Add to my sources" })).toBeVisible();
  });

  it("whose board is not found say what was tried", async () => {
    const failed: Import = anImport({ kind: "board", status: "failed", reason: "no board was found; tried newco.com", posting_ids: [] });
    server.use(answer("/imports/:id", failed));
    sent("post", "/imports", { ...failed, status: "pending" }, 202);
    const { user } = open("/sources/companies?q=newco.com");
    await user.click(await screen.findByRole("button", { name: /Find the board of/ }));
    expect(await screen.findByText("No board was found; tried newco.com.")).toBeVisible();
  });
});

describe("a person's own sources", () => {
  it("are feeds that are added, and refused beside the field that is wrong", async () => {
    const errors = [{ field: "body.config.feed.url", code: "value_error", message: "no web address" }];
    server.use(http.post("*/api/v1/own-sources", () => problem(422, "Invalid request", "See errors.", { errors }), { once: true }));
    const { user } = open("/sources/own");
    await user.click(await screen.findByRole("button", { name: "Add a source" }));
    await user.type(await screen.findByLabelText("Name"), "City jobs");
    const address = screen.getByLabelText("Address of the feed");
    await user.type(address, "ftp://x");
    const add = within(screen.getByRole("form", { name: "A new source" })).getByRole("button", { name: "Add the source" });
    await user.click(add);
    expect(await screen.findByText("No web address")).toBeVisible();
    expect(address).toBeInvalid();
    expect(address).toHaveFocus();
    expect(screen.queryByText("Invalid request")).toBeNull();
    const seen = sent("post", "/own-sources", ownSource(), 201);
    await user.click(add);
    await waitFor(() => expect(seen).toHaveBeenCalledOnce());
    expect(seen.mock.calls[0]?.[1]).toEqual({ name: "City jobs", config: { kind: "feed", url: "ftp://x" } });
  });

  it("that could never be collected are refused beside the address and beside the secret that is missing", async () => {
    const errors = [
      { field: "body.config.api.url", code: "value_error", message: "the address leads into a private network; give another" },
      { field: "body.config.api.secret_query.key", code: "value_error", message: "enter the secret that is sent under this name" },
    ];
    server.use(http.post("*/api/v1/own-sources", () => problem(422, "Invalid request", "See errors.", { errors }), { once: true }));
    const { user } = open("/sources/own");
    await user.click(await screen.findByRole("button", { name: "Add a source" }));
    await user.click(await screen.findByRole("radio", { name: "API" }));
    await user.type(screen.getByLabelText("Name"), "City");
    await user.type(screen.getByLabelText("Address"), "http://10.0.0.7/");
    for (const [index, [where, name]] of [["In a header", "x"], ["In the address", "key"]].entries()) {
      await user.click(screen.getByRole("button", { name: "Add a secret" }));
      const places = screen.getByRole("radiogroup", { name: `Where secret ${index + 1} is sent` });
      await user.click(within(places).getByRole("radio", { name: where ?? "" }));
      await user.type(screen.getByLabelText(`Name of secret ${index + 1}`), name ?? "");
    }
    await user.click(screen.getByRole("button", { name: "Add the source" }));
    expect(await screen.findByText("The address leads into a private network; give another")).toBeVisible();
    expect(screen.getByLabelText("Address")).toBeInvalid();
    expect(screen.getAllByText("Enter the secret that is sent under this name")).toHaveLength(1);
    expect(screen.getByLabelText("Secret 1")).toBeValid();
    expect(screen.getByLabelText("Secret 2")).toBeInvalid();
    expect(screen.getByLabelText("Secret 2")).toHaveAccessibleDescription("Enter the secret that is sent under this name");
  });

  it("whose header holds a secret say so beside it, and what belongs to no field above the button", async () => {
    const secret = "this header holds a secret: put it under the secrets, so that it is kept encrypted";
    const wrong = [{ field: "body.config.api.headers.Authorization.[key]", code: "value_error", message: secret }];
    let errors = wrong;
    server.use(http.post("*/api/v1/own-sources", () => problem(422, "Invalid request", "See errors.", { errors })));
    const { user } = open("/sources/own");
    await user.click(await screen.findByRole("button", { name: "Add a source" }));
    await user.click(await screen.findByRole("radio", { name: "API" }));
    await user.type(screen.getByLabelText("Name"), "City");
    await user.type(screen.getByLabelText("Address"), "https://example.com/");
    for (const [index, name] of ["Accept", "Authorization"].entries()) {
      await user.click(screen.getByRole("button", { name: "Add a header" }));
      await user.type(screen.getByLabelText(`Name of header ${index + 1}`), name);
    }
    const add = screen.getByRole("button", { name: "Add the source" });
    await user.click(add);
    expect(await screen.findByText(/^This header holds a secret/)).toBeVisible();
    expect(screen.getByLabelText("Name of header 1")).toBeValid();
    expect(screen.getByLabelText("Name of header 2")).toBeInvalid();
    expect(screen.getByLabelText("Name of header 2")).toHaveFocus();
    expect(screen.queryByText("Invalid request")).toBeNull();
    errors = [{ field: "body.config.api.headers.Accept.[key]", code: "string_pattern_mismatch", message: "has signs in it that may not be here" }];
    await user.click(add);
    expect(await screen.findByText("Has signs in it that may not be here")).toBeVisible();
    expect(screen.getByLabelText("Name of header 1")).toHaveFocus();
    errors = [...wrong, { field: "body.config.api.colour", code: "extra_forbidden", message: "what is this" }];
    await user.click(add);
    expect(await screen.findByText("What is this.")).toBeVisible();
    errors = [{ field: "body.config.api.headers", code: "too_long", message: "at most 20" }];
    await user.click(add);
    expect(await screen.findByText("At most 20")).toBeVisible();
    await waitFor(() => expect(screen.getByRole("group", { name: "Headers" })).toHaveFocus());
  });

  it("are interfaces that are defined without code, their secrets apart from their definition", () => {
    const draft = draftOf(null);
    const request = requestOf({
      ...draft,
      kind: "api",
      name: " API ",
      api: {
        ...draft.api,
        url: "https://api.example.com/jobs",
        query: [{ name: "country", value: "de" }, { name: "", value: "lost" }],
        secrets: [
          { where: "header", name: "Authorization", value: "Bearer x", secret: null },
          { where: "query", name: "key", value: "", secret: "query-key" },
        ],
        records: "data.jobs",
        fields: { ...draft.api.fields, company: "org.name" },
        paging: "page",
        first: 0,
      },
    });
    expect(request).toMatchObject({
      name: "API",
      config: {
        kind: "api",
        query: { country: "de" },
        secret_headers: { Authorization: "header-Authorization" },
        secret_query: { key: "query-key" },
        records: "data.jobs",
        fields: { id: "id", company: "org.name", place: null },
        paging: { kind: "page", parameter: "page", first: 0 },
      },
      secrets: { "header-Authorization": "Bearer x" },
    });
    const { config } = request;
    expect(requestOf(draftOf(ownSource({ name: "API", config }))).config).toEqual(config);
  });

  it("are deleted with the postings that they brought, or without", async () => {
    const asked = vi.fn();
    server.use(
      http.delete("*/api/v1/own-sources/:id", ({ request }) => {
        asked(new URL(request.url).searchParams.get("postings"));
        return new HttpResponse(null, { status: 204 });
      }),
    );
    server.use(answer("/own-sources", { items: [ownSource()] }));
    const { user } = open("/sources/own");
    for (const keep of [false, true]) {
      await user.click(await screen.findByRole("button", { name: "Delete My feed" }));
      const dialog = await screen.findByRole("dialog");
      const postings = within(dialog).getByRole("checkbox", { name: "Delete the postings that it brought, too" });
      expect(postings).toBeChecked();
      if (keep) await user.click(postings);
      await user.click(within(dialog).getByRole("button", { name: "Delete" }));
      await waitFor(() => expect(asked).toHaveBeenLastCalledWith(keep ? "false" : "true"));
      if (!keep) await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
    }
  });

  it("that are refused say until when they are left alone", async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    server.use(answer("/own-sources", { items: [ownSource({ status: "blocked", reason: "the host refused us", retry_at: until })] }));
    open("/sources/own");
    expect(await screen.findByText(/Left alone until/)).toBeVisible();
  });

  it("are collected from now, their history shown, and deleted after a question", async () => {
    server.use(
      answer("/own-sources", { items: [ownSource()] }),
      answer("/own-sources/:id/collections", { items: [ledger({ refusals: ["no address"] })] }),
    );
    const collected = sent("post", "/own-sources/:id/collections", { id: "1", source_id: "own" }, 202);
    const removed = sent("delete", "/own-sources/:id");
    const { user } = open("/sources/own");
    await user.click(await screen.findByRole("button", { name: "Collect now from My feed" }));
    await waitFor(() => expect(collected).toHaveBeenCalledWith("own:0123456789ab", null));
    await user.click(screen.getByRole("button", { name: "Last collections" }));
    expect(await screen.findByText("No address.")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Delete My feed" }));
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Delete" }));
    await waitFor(() => expect(removed).toHaveBeenCalledWith("own:0123456789ab", null));
  });
});
