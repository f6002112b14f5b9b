import DOMPurify from "dompurify";

// No pictures and no styles: neither belongs to the words of a posting, and the page loads nothing from elsewhere.
const allowed = {
  ALLOWED_TAGS: [
    ..."p br hr b strong i em u s code pre blockquote ul ol li dl dt dd".split(" "),
    ..."h1 h2 h3 h4 h5 h6 a div span table thead tbody tr th td".split(" "),
  ],
  ALLOWED_ATTR: ["href"],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
};

/** A posting's text, cleaned once more: the API sanitises it too, and neither trusts the other. */
export function cleanHtml(html: string): string {
  const fragment = DOMPurify.sanitize(html, { ...allowed, RETURN_DOM_FRAGMENT: true });
  for (const link of fragment.querySelectorAll("a")) {
    link.setAttribute("rel", "noopener nofollow");
    link.setAttribute("target", "_blank");
  }
  const holder = document.createElement("div");
  holder.append(fragment);
  return holder.innerHTML;
}
