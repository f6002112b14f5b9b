import type { Upload } from "../api";

export class UploadRefusedError extends Error {}

const words: Record<string, string> = {
  EntityTooLarge: "This file is larger than 10 MB. Save it as a smaller PDF and try again.",
  EntityTooSmall: "This file is empty. Choose the file that holds your resume.",
  AccessDenied: "The upload was refused, perhaps because it came too late. Try again.",
};

/** Post a file straight to storage. XMLHttpRequest, because fetch tells nothing about what has been sent. */
export function send(file: File, upload: Upload, onPercent: (percent: number) => void): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
  // Storage reads the fields before it reads the file, and ignores what follows it.
  form.append("file", file);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", upload.url);
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => {
      if (lengthComputable && total > 0) onPercent(Math.round((loaded / total) * 100));
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve();
        return;
      }
      const code = /<Code>(\w+)<\/Code>/.exec(request.responseText)?.[1] ?? "";
      reject(new UploadRefusedError(words[code] ?? "The storage did not take the file. Try again."));
    };
    request.onerror = () => reject(new UploadRefusedError("The upload broke off. Check your connection and try again."));
    request.send(form);
  });
}
