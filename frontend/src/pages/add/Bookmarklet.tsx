import { Button, CopyButton, Stack, Text, Title } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { Icon } from "../../components/Icon";
import classes from "./AddPage.module.css";
import { bookmarklet } from "./bookmarklet";

/** A bookmark that sends the page one looks at, also one behind a sign-in. */
export function Bookmarklet() {
  const link = useRef<HTMLAnchorElement>(null);
  const [pressed, setPressed] = useState(false);
  const code = bookmarklet(window.location.origin);
  // React gives no element a script as its address, and this one is not pressed here but dragged away.
  useEffect(() => link.current?.setAttribute("href", code), [code]);

  return (
    <Stack component="aside" className="card" p="lg" gap="sm" aria-label="Bookmarklet">
      <Title order={2} size="h3">
        From any page, with one press
      </Title>
      <Text size="sm" c="dimmed">
        For postings behind a sign-in, and for sites that turn programs away: you read the page yourself, and send what
        you see.
      </Text>
      <div>
        <a
          ref={link}
          className={classes.bookmarklet}
          href="#bookmarklet"
          draggable
          onClick={(event) => {
            event.preventDefault();
            setPressed(true);
          }}
        >
          <Icon name="bookmark" size={16} />
          Add to Jobtracker
        </a>
      </div>
      {pressed && (
        <Text size="sm" role="status">
          It works from your bookmarks: drag it there, then press it on the page of a posting.
        </Text>
      )}
      <ol className={classes.steps}>
        <li>Drag the button to your bookmarks bar.</li>
        <li>Open a posting and press the bookmark.</li>
        <li>Jobtracker opens, shows where the page is from, and asks before it keeps anything.</li>
      </ol>
      <CopyButton value={code}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="subtle" style={{ alignSelf: "flex-start" }} onClick={copy}>
            {copied ? "Copied: paste it as a new bookmark’s address" : "Or copy it"}
          </Button>
        )}
      </CopyButton>
    </Stack>
  );
}
