import { AppShell, Box, Burger, Group, Center, Modal } from "@mantine/core";
import { useDisclosure, useReducedMotion } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import { Navigate, Outlet, ScrollRestoration, useLocation } from "react-router";
import { useI18n } from "../i18n";
import { base } from "../shared/lib/base";
import { scrollKey, useRememberPlaces } from "../shared/lib/places";
import { SignedIn, useSession, useSessionEnded } from "../shared/lib/session";
import { Brand } from "../shared/ui/Brand";
import { Failure } from "../shared/ui/Failure";
import { Jobs } from "../shared/ui/Jobs";
import { Preferences } from "../shared/ui/Preferences";
import { AccountMenu } from "./AccountMenu";
import { ImpersonationBanner } from "./ImpersonationBanner";
import { LeaveGuard } from "./LeaveGuard";
import { Navigation } from "./Navigation";
import { FindButton } from "./palette/FindButton";
import { OtherUser } from "./OtherUser";
import { Pending } from "./Pending";
import { Reauthentication } from "./Reauthentication";
import { Splash } from "./Splash";
import classes from "./Shell.module.css";

/** The layout of every page that requires a session; redirects to the sign-in page and back. */
export function Shell() {
  const { t } = useI18n();
  const session = useSession();
  const location = useLocation();
  const still = useReducedMotion();
  const [opened, { toggle, close }] = useDisclosure();
  useEffect(close, [location.pathname, close]);
  useRememberPlaces();
  const ended = useSessionEnded();
  const before = useRef(false);
  if (session.isPending) {
    return <Splash />;
  }

  if (session.error && !session.data) {
    return (
      <Center mih="100dvh" p="md">
        <Failure error={session.error} retry={() => void session.refetch()} />
      </Center>
    );
  }

  if (!session.data) {
    // Somebody who signs out is done with the page; the next person begins at their own.
    const next =
      location.pathname === "/" || (before.current && !ended) ? "" : `?next=${encodeURIComponent(location.pathname + location.search)}`;
    return <Navigate to={`/sign-in${next}`} replace />;
  }

  before.current = true;

  // A different session remounts the pages, without any previous state.
  return (
    <SignedIn key={session.data.session.id} value={session.data}>
      <Modal.Stack>
        <AppShell
          header={{ height: 56 }}
          navbar={{ width: 232, breakpoint: "sm", collapsed: { mobile: !opened } }}
          padding={{ base: "md", sm: "xl" }}
          transitionDuration={still ? 0 : 200}
        >
          <a
            href={`${base}${location.pathname}${location.search}#content`}
            className={classes.skip}
            onClick={(e) => {
              // Without a step on the way back.
              e.preventDefault();
              document.getElementById("content")?.focus();
            }}
          >
            {t("skip")}
          </a>
          <Pending />
          <AppShell.Header>
            <Group h="100%" px="md" justify="space-between" wrap="nowrap">
              <Group gap="sm" wrap="nowrap">
                <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t("menu")} aria-expanded={opened} />
                <Brand short />
              </Group>
              <Group gap="xs" wrap="nowrap">
                <FindButton />
                <Preferences />
                <AccountMenu />
              </Group>
            </Group>
          </AppShell.Header>
          <AppShell.Navbar p="sm" aria-label={t("menu")}>
            <Navigation />
          </AppShell.Navbar>
          <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
            <ImpersonationBanner />
            <Box maw={1440} mx="auto">
              <Outlet />
            </Box>
          </AppShell.Main>
          <Jobs />
          <Reauthentication />
          <OtherUser />
          <LeaveGuard />
          <ScrollRestoration getKey={scrollKey} />
        </AppShell>
      </Modal.Stack>
    </SignedIn>
  );
}
