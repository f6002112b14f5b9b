// @vitest-environment node
import { expect, it } from "vitest";
import { generate, kept } from "./openapi-client.js";

it("the client is what openapi.json makes; `npm run generate` makes it anew", async () => {
  expect(kept()).toBe(await generate());
});
