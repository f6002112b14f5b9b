import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const cloud = process.env.JOBTRACKER_PAGE ?? "http://127.0.0.1:8700";
const api = { "/api": cloud, "/local.json": cloud };

export default defineConfig({
  plugins: [react()],
  server: { proxy: api },
  preview: { proxy: api },
  build: {
    target: "es2022",
    sourcemap: false,
    // Small files stay files: the content security policy allows data: for images only.
    assetsInlineLimit: 0,
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}", "*.test.ts"],
    setupFiles: ["src/test/setup.ts"],
    css: false,
    restoreMocks: true,
    testTimeout: 30_000,
  },
});
