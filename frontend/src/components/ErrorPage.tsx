import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { isRouteErrorResponse, useRouteError } from "react-router";
import { Wordmark } from "./Wordmark";

/** What Chrome, Firefox and Safari say about a page's file that is gone. */
const missingFile = /dynamically imported module|importing a module script/i;

/** What is shown when a page breaks: the rest of the program goes on, and nothing is lost. */
export function ErrorPage() {
  const error = useRouteError();
  // After a new deployment an open tab asks for files that are gone; loading the page anew gets the new ones.
  const outdated = error instanceof TypeError && missingFile.test(error.message);
  const why = isRouteErrorResponse(error) ? error.statusText : "An unexpected error stopped this page.";
  return (
    <Stack component="main" align="center" justify="center" mih="70vh" p="lg" gap="md" ta="center" role="alert">
      <Wordmark />
      <Title order={1}>{outdated ? "A new version is ready" : "This page stopped working"}</Title>
      <Text c="dimmed" maw={440}>
        {outdated ? "Load the page again to use it." : `${why} Your resume and matches are safe.`}
      </Text>
      <Group>
        <Button onClick={() => window.location.reload()}>Load again</Button>
        <Button variant="default" component="a" href="/">
          Go to your matches
        </Button>
      </Group>
    </Stack>
  );
}
