import { Alert, Anchor, Button, Divider, Group, Stack, Tabs, Text } from "@mantine/core";
import type { PasskeySignInRequest } from "@roundtable/client";
import { useState } from "react";
import { Link, Navigate, useSearchParams } from "react-router";
import { useI18n } from "../../i18n";
import { useAuthMethods } from "../../shared/lib/authMethods";
import { externalProblem } from "../../shared/lib/externalProblems";
import { hasPasskeys } from "../../shared/lib/passkeys";
import { useSession, useSessionEnded } from "../../shared/lib/session";
import { ExternalProblem } from "../../shared/ui/ExternalProblem";
import { Failure } from "../../shared/ui/Failure";
import { Icon } from "../../shared/ui/Icon";
import { SignedOutPage } from "../../shared/ui/SignedOutPage";
import { useSignInWithPasskey } from "./api/signInWithPasskey";
import { ExternalButtons } from "./ExternalButtons";
import { LinkForm } from "./LinkForm";
import { PasswordForm } from "./PasswordForm";
import { useArrive } from "./useArrive";
import { useNext } from "./useNext";
import { usePasskeyAutofill } from "./usePasskeyAutofill";

export default function SignInPage() {
  const { t } = useI18n();
  const [query] = useSearchParams();
  const code = externalProblem(query);
  // The page where the login that waits can be connected.
  const next = useNext() ?? (code === "link_required" ? "/account/security" : undefined);
  const session = useSession();
  const methods = useAuthMethods();
  const passkey = useSignInWithPasskey();
  const arrive = useArrive();
  const [email, setEmail] = useState("");
  const ended = useSessionEnded();
  const signInBy = (chosen?: PasskeySignInRequest) => passkey.mutate(chosen, { onSuccess: (answer) => void arrive(answer, next) });
  const offer = usePasskeyAutofill(signInBy);
  const offerPasskeys = methods.data?.passkey ? offer : undefined;
  const hasPassword = methods.data?.password !== null;
  const takesPasskeys = methods.data?.passkey !== false;
  const providers = methods.data?.external.length ?? 0;
  const [signedOut, setSignedOut] = useState(false);
  const [another, setAnother] = useState(false);
  if (session.data === null && !signedOut) {
    setSignedOut(true);
  }

  // A page that needs a session sent the user here, or the sign-in happened meanwhile, possibly in another tab.
  if (session.data && !code && !another && (query.has("next") || signedOut)) {
    return <Navigate to={next ?? "/"} replace />;
  }

  if (session.data && !code && !another) {
    return (
      <SignedOutPage title={t("signIn.title")} lead={t("signIn.already", { email: session.data.user.email })} back={false}>
        <Button component={Link} to="/">
          {t("continue")}
        </Button>
        <Button variant="default" onClick={() => setAnother(true)}>
          {t("signIn.another")}
        </Button>
      </SignedOutPage>
    );
  }

  return (
    <SignedOutPage title={t("signIn.title")} lead={t("signIn.lead")} back={false}>
      <ExternalProblem />
      {ended && !session.data && (
        <Alert color="yellow" role="status">
          {t("error.unauthenticated")}
        </Alert>
      )}
      {session.data && <Text size="sm">{t("magicLink.replaces", { email: session.data.user.email })}</Text>}
      <Tabs defaultValue="link" keepMounted={false} onFocus={offerPasskeys} onPointerEnter={offerPasskeys}>
        <Tabs.List grow mb="md">
          <Tabs.Tab value="link">{t("signIn.byLink")}</Tabs.Tab>
          {hasPassword && <Tabs.Tab value="password">{t("signIn.byPassword")}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="link">
          <LinkForm email={email} onEmail={setEmail} next={next} />
        </Tabs.Panel>
        <Tabs.Panel value="password">
          <PasswordForm email={email} onEmail={setEmail} next={next} />
        </Tabs.Panel>
      </Tabs>
      {(takesPasskeys || providers > 0) && (
        <Stack gap="xs">
          <Divider label={t("signIn.or")} />
          <ExternalButtons next={next} />
          {takesPasskeys && (
            <Button
              variant="default"
              leftSection={<Icon name="key" />}
              loading={passkey.isPending || passkey.isSuccess}
              disabled={!hasPasskeys}
              aria-describedby={hasPasskeys ? undefined : "no-passkeys"}
              onClick={() => signInBy()}
            >
              {t("signIn.byPasskey")}
            </Button>
          )}
          {takesPasskeys && !hasPasskeys && (
            <Text id="no-passkeys" size="xs" c="dimmed">
              {t("passkeys.unsupported")}
            </Text>
          )}
          <Failure error={passkey.error} />
        </Stack>
      )}
      <Group justify="space-between" gap="xs">
        {hasPassword && (
          <Text size="sm">
            {t("signIn.new")}{" "}
            <Anchor component={Link} to="/sign-up">
              {t("signUp.title")}
            </Anchor>
          </Text>
        )}
        {hasPassword && (
          <Anchor component={Link} to="/forgot-password" size="sm">
            {t("forgot.link")}
          </Anchor>
        )}
      </Group>
    </SignedOutPage>
  );
}
