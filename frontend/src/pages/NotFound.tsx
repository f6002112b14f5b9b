import { Button } from "@mantine/core";
import { Link } from "react-router";
import { Empty } from "../components/Notice";
import { PageHead } from "../components/PageHead";

export function NotFound() {
  return (
    <>
      <PageHead title="Page not found" />
      <Empty icon="search" title="There is nothing at this address">
        The link may be old, or a letter may be missing.
        <Button component={Link} to="/">
          Go to your matches
        </Button>
      </Empty>
    </>
  );
}
