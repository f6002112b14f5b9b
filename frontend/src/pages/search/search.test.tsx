import { cleanup, screen, waitFor, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { describe, expect, it } from "vitest";
import type { Place } from "../../api";
import { posting, postingPage } from "../../test/data";
import { open } from "../../test/render";
import { answer, problem, server } from "../../test/server";
import { changed, cleared, filtersOf, hasWords, toggled } from "./filters";
import { chosenOf, coverageInWords, distanceInWords, payFrom, placeAsRead, understoodInWords } from "./labels";

function asked(place: Place | null = null) {
  const queries: string[] = [];
  server.use(
    http.get("*/api/v1/postings", ({ request }) => {
      queries.push(decodeURIComponent(new URL(request.url).search));
      return HttpResponse.json(postingPage({ place }));
    }),
  );
  return queries;
}

describe("a search's address", () => {
  const of = (text: string) => filtersOf(new URLSearchParams(text));

  it("holds several values of a filter, and leaves out what makes no sense", () => {
    expect(of("country=DE&country=FR&country=DE&country=Germany&seniority=senior&seniority=king")).toMatchObject({
      country: ["DE", "FR"],
      seniority: ["senior"],
    });
    expect(of("employment_type=full_time&employment_type=full-time")).toMatchObject({ employmentType: ["full-time"] });
    expect(of("min_pay=-5&posted_within_days=0&remote_from=xx&sort=luck&km=10&pay_unknown=true")).toEqual(of(""));
  });

  it("says a distance only with a place, and what becomes of unknown pay only with a pay", () => {
    expect(of("place=Berlin")).toMatchObject({ place: "Berlin", km: 50 });
    expect(of("place=Berlin&km=9999")).toMatchObject({ km: 50 });
    const near = new URLSearchParams("place=Berlin&km=10&min_pay=50000&pay_unknown=true");
    expect(changed(near, "place", null).toString()).toBe("min_pay=50000&pay_unknown=true");
    expect(changed(near, "min_pay", "").toString()).toBe("place=Berlin&km=10");
  });

  it("takes values in and out, and forgets all but the words and the order", () => {
    const one = toggled(new URLSearchParams("q=rust&sort=pay"), "country", "DE");
    const two = toggled(one, "country", "FR");
    expect(two.toString()).toBe("q=rust&sort=pay&country=DE&country=FR");
    expect(toggled(two, "country", "DE").getAll("country")).toEqual(["FR"]);
    expect(cleared(two).toString()).toBe("q=rust&sort=pay");
  });

  it("orders by distance only with a place", () => {
    expect(of("sort=nearest").sort).toBeUndefined();
    expect(of("place=Berlin&sort=nearest")).toMatchObject({ place: "Berlin", sort: "nearest" });
    const near = new URLSearchParams("q=rust&place=Berlin&sort=nearest");
    expect(changed(near, "place", null).toString()).toBe("q=rust");
    expect(cleared(near).toString()).toBe("q=rust");
  });
});

describe("the counts", () => {
  it("of pay bands add up from above", () => {
    expect(payFrom({ under_50k: 9, "50k_100k": 2, over_200k: 1, unknown: 4 })).toEqual({
      "50000": 3,
      "100000": 1,
      "150000": 1,
      "200000": 1,
    });
  });

  it("of what was looked at leave out what is none", () => {
    const coverage = { seen: 1204, duplicates: 96, closed: 20, expired: 0, filtered: 201 };
    expect(coverageInWords(coverage)).toBe("1,204 seen: 96 duplicates, 20 closed, 201 that your search leaves out");
    expect(coverageInWords({ seen: 3, duplicates: 0, closed: 0, expired: 0, filtered: 0 })).toBe("3 seen");
  });
});

describe("the search page", () => {
  it("adds values of facets one by one, shows each, and takes each away", async () => {
    const queries = asked();
    const { user, address } = open("/search?country=DE");
    expect(await screen.findByTestId("coverage")).toHaveTextContent("1,204 seen: 96 duplicates");
    const skills = screen.getByRole("group", { name: "Skill" });
    await user.click(within(skills).getByRole("button", { name: "Python, 3 postings" }));
    await user.click(within(skills).getByRole("button", { name: "Kafka, 1 posting" }));
    await waitFor(() => expect(address()).toBe("/search?country=DE&skill=python&skill=kafka"));
    await waitFor(() => expect(queries.at(-1)).toBe("?country=DE&skill=python&skill=kafka&limit=20"));
    const chosen = screen.getByRole("group", { name: "Filters in use" });
    await user.click(within(chosen).getByRole("button", { name: "Take away: Python" }));
    await waitFor(() => expect(address()).toBe("/search?country=DE&skill=kafka"));
    expect(within(chosen).getByText("Germany")).toBeVisible();
  });

  it("loses no choice that follows another at once", async () => {
    asked();
    const { address } = open("/search?place=berlin&km=100&seniority=senior");
    const take = await screen.findByRole("button", { name: "Take away: Senior" });
    const also = screen.getByRole("button", { name: "Take away: Within 100 km of berlin" });
    take.click();
    also.click();
    await waitFor(() => expect(address()).toBe("/search"));
  });

  it("looks near a place, and says what its name was read as", async () => {
    const queries = asked({ text: "Berlin", city: "Berlin", region: null, country: "DE" });
    const { user, address } = open("/search");
    await user.type(await screen.findByLabelText("Place"), "berlin{Enter}");
    expect(await screen.findByText("Read as Berlin, Germany")).toBeVisible();
    await user.click(screen.getByRole("combobox", { name: "Distance" }));
    await user.click(await screen.findByRole("option", { name: "Within 100 km" }));
    await waitFor(() => expect(address()).toBe("/search?place=berlin&km=100"));
    await waitFor(() => expect(queries.at(-1)).toBe("?place=berlin&km=100&limit=20"));
    expect(screen.getByText("Within 100 km of berlin")).toBeVisible();
  });

  it("puts the nearest first where a place is given", async () => {
    const queries = asked({ text: "Berlin", city: "Berlin", region: null, country: "DE" });
    const { user, address } = open("/search");
    await user.click(await screen.findByRole("combobox", { name: "Order" }));
    expect(screen.queryByRole("option", { name: "Nearest first" })).toBeNull();
    await user.type(screen.getByLabelText("Place"), "berlin{Enter}");
    await waitFor(() => expect(address()).toBe("/search?place=berlin"));
    await user.click(screen.getByRole("combobox", { name: "Order" }));
    await user.click(await screen.findByRole("option", { name: "Nearest first" }));
    await waitFor(() => expect(queries.at(-1)).toBe("?place=berlin&km=50&sort=nearest&limit=20"));
  });

  it("tells how far away each is where the nearest come first", async () => {
    const items = [posting({ distance_km: 12.4 }), posting({ id: "b", title: "Elsewhere" })];
    server.use(answer("/postings", postingPage({ items })));
    open("/search?place=berlin&sort=nearest");
    expect(await screen.findByText("12 km away")).toBeVisible();
    expect(screen.getAllByText(/ away$/)).toHaveLength(1);
    expect(distanceInWords(1234)).toBe("1,234 km away");
    expect(distanceInWords(0.9)).toBe("Less than 1 km away");
  });

  it("is by relevance only where there are words, and says in which order it is", async () => {
    const queries = asked();
    const { user, address } = open("/search?sort=relevance");
    const order = await screen.findByRole("combobox", { name: "Order" });
    expect(order).toHaveValue("Newest first");
    await user.click(order);
    expect((await screen.findAllByRole("option")).map((one) => one.textContent)).toEqual(["Newest first", "Best paid first"]);
    await user.click(screen.getByRole("option", { name: "Newest first" }));
    await user.type(screen.getByRole("searchbox", { name: "Search postings" }), "rust{Enter}");
    await waitFor(() => expect(order).toHaveValue("Most relevant"));
    await user.click(order);
    await user.click(await screen.findByRole("option", { name: "Newest first" }));
    await waitFor(() => expect(address()).toContain("sort=newest"));
    await waitFor(() => expect(queries.at(-1)).toBe("?q=rust&sort=newest&limit=20"));
    expect([{}, { q: " " }, { q: "-java" }, { q: "-java rust" }, { q: "c++" }].map(hasWords)).toEqual([false, false, false, true, true]);
  });

  it("says which of several places of one name it is, and which was meant by one that is none", async () => {
    const springfield = { text: "Springfield", city: "Springfield", region: "Illinois", country: "US" };
    const place_correction = { typed: "Springfeild", searched: "Springfield" };
    server.use(answer("/postings", postingPage({ place: springfield, place_correction })));
    open("/search?place=Springfeild");
    expect(await screen.findByText("Read as Springfield, Illinois, United States, instead of “Springfeild”")).toBeVisible();
    expect(screen.getByText("Within 50 km of Springfield")).toBeVisible();
    expect(screen.getByText("1 posting found; near “Springfield” instead of “Springfeild”")).toBeVisible();
    expect(placeAsRead({ text: "Illinois", city: null, region: "Illinois", country: "US" })).toBe("Illinois, United States");
    expect(placeAsRead({ text: "Singapore", city: "Singapore", region: null, country: "SG" })).toBe("Singapore");
  });

  it("says that it looks at everybody's postings, and where one's own are, if there are any", async () => {
    asked();
    open("/search");
    expect(await screen.findByText(/What everybody’s sources bring is searched/)).toBeVisible();
    expect(screen.queryByRole("link", { name: "the postings that only you have" })).toBeNull();
    cleanup();
    server.use(answer("/own-postings", { items: [posting({ title: "Mine" })], next_cursor: null }));
    const { user } = open("/search");
    await user.click(await screen.findByRole("link", { name: "the postings that only you have" }));
    expect(await screen.findByRole("link", { name: "Mine" })).toBeVisible();
  });

  it("says which words it searched for where others were typed", async () => {
    const corrections = [{ typed: "jaav", searched: "java" }];
    server.use(answer("/postings", postingPage({ approximate: true, corrections })));
    open("/search?q=jaav");
    expect(await screen.findByText("1 posting found; searched for “java” instead of “jaav”")).toBeVisible();
    expect(understoodInWords(postingPage({ corrections }))).toBe("; searched for “java” besides “jaav”");
    expect(understoodInWords(postingPage())).toBe("");
  });

  it("keeps a distance that is not among the usual ones", async () => {
    asked({ text: "Berlin", city: "Berlin", region: null, country: "DE" });
    const { user } = open("/search?place=berlin&km=30");
    const distance = await screen.findByRole("combobox", { name: "Distance" });
    expect(distance).toHaveValue("Within 30 km");
    await user.click(distance);
    expect((await screen.findAllByRole("option")).map((one) => one.textContent).slice(0, 3)).toEqual([
      "Within 10 km",
      "Within 25 km",
      "Within 30 km",
    ]);
  });

  it("says what in its address is not known", async () => {
    const errors = [{ field: "query.skill.0", code: "value_error", message: "no skill is called “whistling”" }];
    server.use(http.get("*/api/v1/postings", () => problem(422, "Invalid request", "See errors.", { errors })));
    open("/search?skill=whistling");
    expect(await screen.findByText("No skill is called “whistling”.")).toBeVisible();
  });

  it("says when a name is no place", async () => {
    server.use(answer("/postings", postingPage({ place: null, total: 0, items: [] })));
    open("/search?place=Qwxz");
    expect(await screen.findByText(/This names no place that is known, or several/)).toBeVisible();
  });

  it("shows no filter of what makes no sense in its address", () => {
    const params = new URLSearchParams("place=+&min_pay=abc&posted_within_days=soon&remote_from=nowhere");
    expect(chosenOf(params, undefined)).toEqual([]);
  });

  it("finds by lowest pay, with those that state none if wanted, and sorts by pay", async () => {
    const queries = asked();
    const { user } = open("/search");
    await user.click(await screen.findByRole("button", { name: "From $50K, 3 postings" }));
    await user.click(await screen.findByRole("checkbox", { name: "Also the 4 that state no pay" }));
    await user.click(screen.getByRole("combobox", { name: "Order" }));
    await user.click(await screen.findByRole("option", { name: "Best paid first" }));
    await waitFor(() => expect(queries.at(-1)).toBe("?min_pay=50000&pay_unknown=true&sort=pay&limit=20"));
    await user.click(screen.getByRole("button", { name: "Last week, 3 postings" }));
    await waitFor(() => expect(queries.at(-1)).toContain("posted_within_days=7"));
  });
});
