/** The bytes of a file or a text as base64, as the API takes them. */
export async function base64Of(content: Blob): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error("not readable"));
    reader.readAsDataURL(content);
  });
  return url.slice(url.indexOf(",") + 1);
}
