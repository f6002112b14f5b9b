import { Alert, Button, Group, Loader, Progress as Bar, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { Icon } from "../components/Icon";
import { useAppDispatch, useAppSelector } from "../store";
import classes from "./DropZone.module.css";
import { type Step, steps, uploadCleared } from "./slice";

const words: Record<Exclude<Step, "done">, string> = {
  requested: "Asking for a place to send it",
  uploading: "Uploading",
  extracting: "Taking the text out of the file",
  reading: "Reading skills, work and education",
  ranking: "Ranking every posting against it",
};

/** The resume's way, step by step, as it happens. */
export function UploadProgress() {
  const { filename, step, percent, failure, slow } = useAppSelector((state) => state.upload);
  const dispatch = useAppDispatch();
  if (step === null) return null;
  const at = steps.indexOf(step);
  const said = failure?.reason ?? (step === "done" ? "Your matches are ready." : words[step]);
  return (
    <Stack className="card" p="lg" gap="md" data-testid="upload-progress" data-step={step}>
      <Text fw={600} style={{ overflowWrap: "anywhere" }}>
        {filename}
      </Text>
      <Text role="status" style={{ position: "absolute", clipPath: "inset(50%)" }}>
        {said}
      </Text>
      <ol className={classes.steps}>
        {steps.filter((name) => name !== "done").map((name, index) => {
          const now = index === at;
          const state = index < at ? classes.past : now ? (failure ? classes.stopped : classes.now) : "";
          return (
            <li key={name} className={`${classes.step} ${state}`} aria-current={now ? "step" : undefined}>
              <span className={classes.mark}>
                {index < at && <Icon name="check" size={16} />}
                {now && !failure && <Loader size={14} aria-hidden />}
                {now && failure && <Icon name="alert" size={15} />}
              </span>
              <div>
                <Text inherit pt={2}>
                  {words[name]}
                  {now && name === "uploading" && ` · ${percent} %`}
                </Text>
                {now && name === "uploading" && <Bar value={percent} mt={6} aria-label="Uploaded" />}
              </div>
            </li>
          );
        })}
      </ol>
      {slow && !failure && (
        <Text size="sm" c="dimmed">
          This takes longer than usual, as scans and photos do. You may leave this page: the work goes on.
        </Text>
      )}
      {failure && (
        <Alert
          color="red"
          variant="light"
          role="alert"
          title={failure.kind === "refused" ? "This resume was refused" : "That did not work"}
          icon={<Icon name="alert" />}
        >
          {failure.reason}
        </Alert>
      )}
      {(failure !== null || step === "done") && (
        <Group>
          {step === "done" && (
            <Button component={Link} to="/" onClick={() => dispatch(uploadCleared())}>
              See your matches
            </Button>
          )}
          <Button variant="default" onClick={() => dispatch(uploadCleared())}>
            {failure === null ? "Close" : "Try another file"}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
