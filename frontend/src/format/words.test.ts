import { describe, expect, it } from "vitest";
import { cleanHtml } from "./html";
import { safeUrl } from "./url";
import { ago, country, fileSize, payInWords, placesInWords, span, whereInWords } from "./words";

const pay = { minimum: 120_000, maximum: 150_000, currency: "USD", period: "year" as const };
const berlin = { text: "Berlin", city: "Berlin", region: null, country: "DE" };

describe("pay", () => {
  it("is said as a range per period", () => {
    expect(payInWords(pay)).toBe("$120K – $150K per year");
  });
  it("says an open end as from or up to", () => {
    expect(payInWords({ ...pay, maximum: null })).toBe("from $120K per year");
    expect(payInWords({ ...pay, minimum: null, period: "hour", maximum: 62.5 })).toBe("up to $62.5 per hour");
  });
  it("says an exact amount once", () => {
    expect(payInWords({ ...pay, minimum: 150_000 })).toBe("$150K per year");
  });
  it("that is not stated is not said", () => {
    expect(payInWords(null)).toBeNull();
    expect(payInWords({ ...pay, minimum: null, maximum: null })).toBeNull();
  });
  it("in a currency that no table knows is still said", () => {
    expect(payInWords({ ...pay, currency: "points", maximum: null })).toBe("from 120,000 points per year");
  });
});

describe("places", () => {
  it("name city and country, and how many more there are", () => {
    const many = [berlin, { text: "Remote", city: null, region: null, country: null }, { text: "Oslo", city: "Oslo", region: null, country: "NO" }];
    expect(placesInWords(many)).toBe("Berlin, Germany · Remote and 1 more");
  });
  it("do not say Remote twice", () => {
    const remote = { text: "Remote, Europe", city: null, region: null, country: null };
    expect(whereInWords({ places: [remote], work_mode: "remote" })).toBe("Remote, Europe");
    expect(whereInWords({ places: [berlin], work_mode: "hybrid" })).toBe("Hybrid · Berlin, Germany");
    expect(whereInWords({ places: [], work_mode: null })).toBeNull();
  });
  it("with a code that is no country keep the code", () => {
    expect(country("no-country")).toBe("no-country");
  });
});

describe("times and sizes", () => {
  const now = Date.parse("2026-01-10T12:00:00Z");
  it("say how long ago something was", () => {
    expect(ago("2026-01-07T12:00:00Z", now)).toBe("3 days ago");
    expect(ago("2026-01-10T11:59:40Z", now)).toBe("just now");
    expect(ago("no date", now)).toBeNull();
  });
  it("say spans of partial dates", () => {
    expect(span("2021-03", null, true)).toBe("Mar 2021 – now");
    expect(span("2015", "2017")).toBe("2015 – 2017");
    expect(span(null, null)).toBeNull();
  });
  it("say sizes of files", () => {
    expect(fileSize(900)).toBe("900 B");
    expect(fileSize(3 * 1024 * 1024)).toBe("3 MB");
  });
});

describe("what comes from outside", () => {
  it("opens only web addresses", () => {
    expect(safeUrl("https://example.com/a")).toBe("https://example.com/a");
    expect(safeUrl("javascript:alert(1)")).toBeNull();
    expect(safeUrl("//example.com")).toBeNull();
  });
  it("loses scripts, handlers, pictures, styles and script addresses", () => {
    const html = cleanHtml(
      '<p onclick="x()" style="color:red">Hi<script>x()</script><img src=x onerror=x()></p><a href="javascript:x()">a</a>',
    );
    expect(html).toBe('<p>Hi</p><a rel="noopener nofollow" target="_blank">a</a>');
  });
  it("keeps the words' structure and its links", () => {
    expect(cleanHtml('<ul><li><a href="https://example.com">b</a></li></ul>')).toContain('href="https://example.com"');
  });
});
