import { useState } from "react";
import { type ImportKind, type ImportRequest, useCreateImportMutation } from "../../api";
import { type ProblemInWords, problemOf } from "../../api/problem";
import { base64Of } from "../../format/base64";

const longestName = 255;

/** Sends what a person brings, one after the other, and remembers what was begun in this visit. */
export function useAdd(onBegun: (id: string) => void) {
  const [create] = useCreateImportMutation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ProblemInWords | null>(null);

  async function send(request: ImportRequest): Promise<boolean> {
    setBusy(true);
    setProblem(null);
    const { data, error } = await create({ importRequest: request });
    setBusy(false);
    setProblem(problemOf(error));
    if (data !== undefined) onBegun(data.id);
    return data !== undefined;
  }

  return {
    busy,
    problem,
    address: (url: string) => send({ kind: "url", url }),
    content: async (kind: ImportKind, content: Blob, url: string | null = null) =>
      send({ kind, url, content: await base64Of(content) }),
    file: async (kind: ImportKind, file: File) =>
      send({ kind, content: await base64Of(file), filename: file.name.slice(0, longestName) }),
  };
}

export type Add = ReturnType<typeof useAdd>;
