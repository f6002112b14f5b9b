import { Center, Group, Loader, Menu, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { Suspense, useEffect, useRef } from "react";
import { Link, NavLink, Outlet, ScrollRestoration, useLocation } from "react-router";
import { Icon, type IconName } from "../components/Icon";
import { Wordmark } from "../components/Wordmark";
import { sessionEnded } from "../session/slice";
import { useAppDispatch, useAppSelector } from "../store";
import { UploadChip } from "../upload/UploadChip";
import classes from "./Shell.module.css";
import { ThemeToggle } from "./ThemeToggle";

const places: { to: string; label: string; icon: IconName }[] = [
  { to: "/", label: "Matches", icon: "matches" },
  { to: "/search", label: "Search", icon: "search" },
  { to: "/add", label: "Add", icon: "plus" },
  { to: "/resume", label: "Resume", icon: "resume" },
  { to: "/profile", label: "Profile", icon: "person" },
  { to: "/sources", label: "Sources", icon: "sources" },
];

function Links({ className, label }: { className: string | undefined; label: string }) {
  return (
    <nav className={className} aria-label={label}>
      {places.map(({ to, label: name, icon }) => (
        <NavLink key={to} to={to} end={to === "/"} className={classes.link ?? ""}>
          <Icon name={icon} />
          {name}
        </NavLink>
      ))}
    </nav>
  );
}

function Account() {
  const person = useAppSelector((state) => state.session.person);
  const dispatch = useAppDispatch();
  const name = person?.name ?? person?.email ?? "";
  return (
    <Menu position="bottom-end" width={240} shadow="md" withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton aria-label="Your account" style={{ borderRadius: "50%" }}>
          <Center w={36} h={36} bg="cobalt.7" c="white" fw={700} fz="sm" style={{ borderRadius: "50%" }} aria-hidden>
            {name.slice(0, 1).toUpperCase()}
          </Center>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="xs" truncate>
            {person?.email}
          </Text>
        </Menu.Label>
        <Menu.Item leftSection={<Icon name="out" size={18} />} onClick={() => dispatch(sessionEnded("left"))}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The frame of every page behind the sign-in. */
export function Shell() {
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    // A new page begins at its top for the keyboard and for screen readers too.
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [pathname]);
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className={classes.header}>
        <div className={classes.bar}>
          <Link to="/" className={classes.home ?? ""}>
            <Wordmark />
            <VisuallyHidden>, to your matches</VisuallyHidden>
          </Link>
          <Links className={classes.nav} label="Pages" />
          <Group gap={8} wrap="nowrap">
            <UploadChip />
            <ThemeToggle />
            <Account />
          </Group>
        </div>
      </header>
      <main id="content" ref={main} tabIndex={-1} className={classes.main}>
        <Suspense
          fallback={
            <Center mih={240}>
              <Loader aria-label="Loading the page" />
            </Center>
          }
        >
          <Outlet />
        </Suspense>
      </main>
      <footer className={classes.foot}>
        <div>
          <span>Postings belong to their sources, which are named with each of them.</span>
          <a className="plain" href="/api/v1/docs">
            API
          </a>
        </div>
      </footer>
      <Links className={classes.tabs} label="Pages, at the bottom" />
      <ScrollRestoration />
    </>
  );
}
