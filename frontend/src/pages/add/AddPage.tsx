import { Stack } from "@mantine/core";
import { useCallback, useState } from "react";
import { api } from "../../api";
import { PageHead } from "../../components/PageHead";
import { useAppDispatch } from "../../store";
import classes from "./AddPage.module.css";
import { Bookmarklet } from "./Bookmarklet";
import { Captured } from "./Captured";
import { Imports } from "./Imports";
import { OwnPostings } from "./OwnPostings";
import { ByAddress, ByFile, ByHtml } from "./Ways";

/** Postings that a person found elsewhere: by their address, from a page, from a mail. */
export function AddPage() {
  const [begun, setBegun] = useState<string[]>([]);
  const dispatch = useAppDispatch();
  const note = useCallback((id: string) => setBegun((now) => [...now, id]), []);
  const ended = useCallback(() => void dispatch(api.util.invalidateTags(["own postings"])), [dispatch]);
  return (
    <>
      <PageHead
        title="Add a posting"
        tab="Add"
        lead="What you add is yours alone: nobody else sees it, and it is ranked for you with all the others."
      />
      <Captured onBegun={note} />
      <div className={classes.columns}>
        <Stack gap="md" miw={0}>
          <ByAddress onBegun={note} />
          <ByFile onBegun={note} />
          <ByHtml onBegun={note} />
        </Stack>
        <Bookmarklet />
      </div>
      <Stack gap="xl" mt="xl">
        <Imports begun={begun} onEnded={ended} />
        <OwnPostings />
      </Stack>
    </>
  );
}
