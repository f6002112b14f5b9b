import { describe, expect, it } from "vitest";
import { cleanHtml } from "../../format/html";
import { askedSkill } from "../../test/data";
import { withMarks } from "./marks";

function spansOf(text: string, ...words: string[]): { start: number; end: number }[] {
  // As the API counts: in code points.
  return words.map((word) => {
    const start = Array.from(text.slice(0, text.indexOf(word))).length;
    return { start, end: start + Array.from(word).length };
  });
}

function marked(html: string, text: string, ...words: string[]): string {
  return withMarks(html, text, [askedSkill({ demand: "required", spans: spansOf(text, ...words) })]);
}

describe("the names of skills in a posting's text", () => {
  it("are marked, whatever lies between lines and before items", () => {
    const html = "<p>We  use\u00a0Java.</p><ul><li>Go &amp; C++</li>\n<li>SQL</li></ul>";
    expect(marked(html, "We use Java.\n\n* Go & C++\n* SQL", "Java", "C++", "SQL")).toBe(
      '<p>We  use&nbsp;<mark data-skill="required">Java</mark>.</p><ul><li>Go &amp; <mark data-skill="required">C++</mark></li>\n' +
        '<li><mark data-skill="required">SQL</mark></li></ul>',
    );
  });

  it("are marked in their parts where one is written in two elements", () => {
    expect(marked("<p><b>Node</b>.js</p>", "Node.js", "Node.js")).toBe(
      '<p><b><mark data-skill="required">Node</mark></b><mark data-skill="required">.js</mark></p>',
    );
  });

  it("are found after letters that take two code units", () => {
    expect(marked("<p>🚀🚀 Java</p>", "🚀🚀 Java", "Java")).toBe('<p>🚀🚀 <mark data-skill="required">Java</mark></p>');
  });

  it("say when they will be learned", () => {
    const skill = askedSkill({ learned: true, spans: spansOf("Java", "Java") });
    expect(withMarks("Java", "Java", [skill])).toBe('<mark data-skill="learned">Java</mark>');
  });

  it.each([
    ["less", "<p>Java</p>", "Java and Go"],
    ["more", "<p>Java and Go</p>", "Java"],
    ["something else", "<p>Go, Java</p>", "We: Java"],
  ])("are left alone where the page has %s than the text", (_, html, text) => {
    expect(marked(html, text, "Java")).toBe(html);
  });

  it("are marked once where they overlap", () => {
    expect(marked("<p>Java EE</p>", "Java EE", "Java EE", "Java")).toBe('<p><mark data-skill="required">Java EE</mark></p>');
  });

  it("never become markup of the posting's own", () => {
    const text = "<img src=x onerror=alert(1)> Java";
    const html = cleanHtml('<p>&lt;img src=x onerror=alert(1)&gt; <mark data-skill="required" onclick="x()">Java</mark></p>');
    const result = marked(html, text, "<img src=x", "Java");
    const holder = document.createElement("div");
    holder.innerHTML = result;
    expect(holder.querySelector("img")).toBeNull();
    expect(holder.querySelectorAll("mark")).toHaveLength(2);
    for (const mark of holder.querySelectorAll("mark")) expect(mark.getAttributeNames()).toEqual(["data-skill"]);
    expect(holder.textContent).toBe(text);
  });
});
