import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { server } from "./server";

/** What browsers have and the test's document lacks. */
function completeDocument(): void {
  window.matchMedia = (query: string): MediaQueryList =>
    Object.assign(new EventTarget(), {
      // No transition ever ends in this document, so nothing may wait for one.
      matches: query === "(prefers-reduced-motion: reduce)",
      media: query,
      onchange: null,
      addListener: () => undefined,
      removeListener: () => undefined,
    });
  globalThis.ResizeObserver = class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  };
  window.HTMLElement.prototype.scrollIntoView = () => undefined;
  window.scrollTo = () => undefined;
}

// A busy machine takes longer than the second that is allowed otherwise.
configure({ asyncUtilTimeout: 8_000 });

const inDocument = typeof window !== "undefined";
if (inDocument) completeDocument();

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(() => {
  if (inDocument) sessionStorage.clear();
  vi.spyOn(console, "error").mockImplementation((...words: unknown[]) => {
    throw new Error(`console.error: ${words.map(String).join(" ")}`);
  });
});
afterEach(() => {
  if (inDocument) cleanup();
  server.resetHandlers();
});
afterAll(() => server.close());
