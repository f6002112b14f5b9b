import { useEffect, useState } from "react";

export interface DemoLogin {
  email: string;
  password: string;
}

/** The demo login that the local cloud offers on this machine; deployments answer with no such file. */
export async function readDemoLogin(signal?: AbortSignal): Promise<DemoLogin | null> {
  try {
    const response = await fetch(new URL("/local.json", window.location.origin), { signal: signal ?? null });
    // A website that answers every path with its page answers here with HTML.
    if (!response.ok || !(response.headers.get("content-type") ?? "").includes("json")) return null;
    const { demo } = (await response.json()) as { demo?: Partial<DemoLogin> };
    if (typeof demo?.email !== "string" || typeof demo.password !== "string") return null;
    return { email: demo.email, password: demo.password };
  } catch {
    return null;
  }
}

export function useDemoLogin(): DemoLogin | null {
  const [demo, setDemo] = useState<DemoLogin | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    void readDemoLogin(stop.signal).then((found) => {
      if (!stop.signal.aborted) setDemo(found);
    });
    return () => stop.abort();
  }, []);
  return demo;
}
