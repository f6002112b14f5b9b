import { Alert, Anchor, Button, Divider, Group, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { Navigate, useLocation } from "react-router";
import { type Token, useCreateAccountMutation, useCreateSessionMutation } from "../api";
import { problemOf } from "../api/problem";
import { Icon } from "../components/Icon";
import { ProblemNotice } from "../components/Notice";
import { Wordmark } from "../components/Wordmark";
import { ThemeToggle } from "../layout/ThemeToggle";
import { useDemoLogin } from "../session/demo";
import { sessionBegun } from "../session/slice";
import { useAppDispatch, useAppSelector } from "../store";
import classes from "./SignIn.module.css";

const shortestPassword = 10;

function Pitch() {
  const points = [
    "Upload your resume once. Skills, work and education are read from it.",
    "Every open posting is ranked against it, not only the ones you searched for.",
    "Each score says why: which skills fit, which are missing, what the pay and the place add.",
  ];
  return (
    <aside className={classes.pitch} aria-label="What Jobtracker does">
      <h2>The job that fits, and the reasons why.</h2>
      <ul className={classes.points}>
        {points.map((point) => (
          <li key={point}>
            <Icon name="check" />
            {point}
          </li>
        ))}
      </ul>
    </aside>
  );
}

/** Signing in, and making an account. */
export function SignIn() {
  const [registers, setRegisters] = useState(false);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [name, setName] = useState("");
  const [createSession, session] = useCreateSessionMutation();
  const [createAccount, account] = useCreateAccountMutation();
  const dispatch = useAppDispatch();
  const { token, endReason } = useAppSelector((state) => state.session);
  const demo = useDemoLogin();
  const { state } = useLocation();
  const from = (state as { from?: string } | null)?.from ?? "/";
  const title = registers ? "Create your account" : "Sign in";

  useEffect(() => {
    document.title = `${title} · Jobtracker`;
  }, [title]);

  if (token !== null) return <Navigate to={from} replace />;

  function begin({ access_token, expires_in, person }: Token) {
    const { id, email: address, name: called } = person;
    const expiresAt = Date.now() + expires_in * 1000;
    dispatch(sessionBegun({ token: access_token, expiresAt, person: { id, email: address, name: called } }));
  }

  async function signIn(login: { email: string; password: string }) {
    const answer = await createSession({ sessionRequest: login });
    if (answer.data !== undefined) begin(answer.data);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const login = { email: email.trim(), password };
    if (!registers) return signIn(login);
    const answer = await createAccount({ accountRequest: { ...login, name: name.trim() || null } });
    if (answer.data !== undefined) begin(answer.data);
  }

  const busy = session.isLoading || account.isLoading;
  const problem = problemOf(registers ? account.error : session.error);
  const tooShort = registers && password !== "" && password.length < shortestPassword;
  return (
    <div className={classes.page}>
      <Pitch />
      <main className={classes.form}>
        <Group justify="space-between">
          <Wordmark />
          <ThemeToggle />
        </Group>
        <div className={classes.inner}>
          <form onSubmit={(event) => void submit(event)}>
            <Stack gap="md" py="xl">
              <Title order={1}>{title}</Title>
              {endReason === "expired" && (
                <Alert variant="light" color="yellow" role="status">
                  Your session has ended. Sign in again to go on where you were.
                </Alert>
              )}
              <ProblemNotice problem={problem} />
              {registers && (
                <TextInput
                  label="Name"
                  description="Optional"
                  autoComplete="name"
                  maxLength={200}
                  value={name}
                  onChange={(event) => setName(event.currentTarget.value)}
                />
              )}
              <TextInput
                label="E-mail"
                type="email"
                required
                withAsterisk={false}
                autoComplete="email"
                value={email}
                error={problem?.fields.email}
                onChange={(event) => setEmail(event.currentTarget.value)}
              />
              <PasswordInput
                label="Password"
                required
                withAsterisk={false}
                description={registers ? `At least ${shortestPassword} characters` : undefined}
                minLength={registers ? shortestPassword : undefined}
                autoComplete={registers ? "new-password" : "current-password"}
                value={password}
                error={tooShort ? "Too short yet" : problem?.fields.password}
                onChange={(event) => setPassword(event.currentTarget.value)}
              />
              <Button type="submit" size="md" loading={busy}>
                {registers ? "Create account" : "Sign in"}
              </Button>
              <Text size="sm" c="dimmed" ta="center">
                {registers ? "You have an account?" : "New here?"}{" "}
                <Anchor component="button" type="button" inherit onClick={() => setRegisters(!registers)}>
                  {registers ? "Sign in" : "Create an account"}
                </Anchor>
              </Text>
              {demo !== null && !registers && (
                <>
                  <Divider label="on this machine" />
                  <Button variant="light" size="md" loading={busy} onClick={() => void signIn(demo)}>
                    Try it with the demo account
                  </Button>
                </>
              )}
            </Stack>
          </form>
        </div>
      </main>
    </div>
  );
}
