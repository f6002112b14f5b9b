import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import { captured, forgetCaptured } from "../../captured";
import { Icon } from "../../components/Icon";
import { ProblemNotice } from "../../components/Notice";
import { fileSize } from "../../format/words";
import { type CapturedPage, unpack } from "./unpack";
import { useAdd } from "./useAdd";

/** The page that the bookmarklet brought: where it says it is from, and the question whether to read it. */
export function Captured({ onBegun }: { onBegun: (id: string) => void }) {
  const [fragment, setFragment] = useState(captured);
  const [page, setPage] = useState<CapturedPage | null | undefined>(undefined);
  const { busy, problem, content } = useAdd(onBegun);

  useEffect(() => {
    let current = true;
    if (fragment !== null) void unpack(fragment).then((found) => current && setPage(found));
    return () => {
      current = false;
    };
  }, [fragment]);

  function dismiss() {
    forgetCaptured();
    setFragment(null);
  }

  if (fragment === null || page === undefined) return null;
  if (page === null) {
    return (
      <Alert
        color="red"
        variant="light"
        mb="lg"
        role="alert"
        title="The page did not arrive whole"
        icon={<Icon name="alert" />}
        withCloseButton
        closeButtonLabel="Dismiss"
        onClose={dismiss}
      >
        It may be larger than 4 MB. Save it as a file, and drop that here.
      </Alert>
    );
  }
  async function send({ html, url }: CapturedPage) {
    if (await content("page", html, url)) dismiss();
  }
  return (
    <Stack className="card" p="lg" gap="sm" mb="lg" component="section" aria-label="The page from your bookmark">
      <Title order={2} size="h3">
        Read this page?
      </Title>
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        It says it is from <strong>{page.url === null ? "an unknown address" : new URL(page.url).host}</strong>
        {page.url !== null && <Text span inherit c="dimmed">{` · ${page.url}`}</Text>}
        <Text span inherit c="dimmed">{` · ${fileSize(page.html.size)}`}</Text>
      </Text>
      <Text size="sm" c="dimmed">
        Nothing was sent yet. Read it only if you pressed the bookmark yourself just now.
      </Text>
      <ProblemNotice problem={problem} />
      <Group gap="sm">
        <Button loading={busy} onClick={() => void send(page)}>
          Read it
        </Button>
        <Button variant="default" onClick={dismiss}>
          Throw it away
        </Button>
      </Group>
    </Stack>
  );
}
