import { Button, Text, VisuallyHidden } from "@mantine/core";
import { type DragEvent, useId, useRef, useState } from "react";
import { Icon } from "../components/Icon";
import { useAppDispatch, useAppSelector } from "../store";
import classes from "./DropZone.module.css";
import { accepted, kindsInWords } from "./files";
import { uploadResume } from "./run";

/** Where a resume is dropped or chosen. */
export function DropZone() {
  const dispatch = useAppDispatch();
  const busy = useAppSelector(({ upload }) => upload.step !== null && upload.step !== "done" && upload.failure === null);
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const id = useId();

  function take(files: FileList | null) {
    const file = files?.[0];
    if (file !== undefined && !busy) void dispatch(uploadResume(file));
    // The same file may be chosen again after it was mended.
    if (input.current !== null) input.current.value = "";
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  }

  return (
    <div
      className={`${classes.zone} ${over ? classes.over : ""}`}
      data-testid="drop-zone"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <span className={classes.icon}>
        <Icon name="upload" size={26} />
      </span>
      <Text fw={600} size="lg">
        Drop your resume here
      </Text>
      <Text size="sm" c="dimmed">
        {kindsInWords}, up to 10 MB
      </Text>
      <Button mt={6} loading={busy} onClick={() => input.current?.click()}>
        Choose a file
      </Button>
      <VisuallyHidden>
        <label htmlFor={id}>Resume file</label>
        <input
          ref={input}
          id={id}
          type="file"
          accept={accepted}
          tabIndex={-1}
          onChange={(event) => take(event.currentTarget.files)}
        />
      </VisuallyHidden>
    </div>
  );
}
