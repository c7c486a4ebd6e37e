import { Anchor, Button, Divider, Group, Stack, Tabs, Text } from "@mantine/core";
import { useState } from "react";
import { Link, Navigate, useSearchParams } from "react-router";
import { useI18n } from "../../i18n";
import { useAuthMethods } from "../../shared/lib/authMethods";
import { useSession } from "../../shared/lib/session";
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

export default function SignInPage() {
  const { t } = useI18n();
  const [query] = useSearchParams();
  const code = query.get("error");
  // The page where the login that waits can be connected.
  const next = useNext() ?? (code === "link_required" ? "/account/security" : undefined);
  const session = useSession();
  const methods = useAuthMethods();
  const passkey = useSignInWithPasskey();
  const arrive = useArrive();
  const [email, setEmail] = useState("");
  const hasPassword = methods.data?.password !== null;
  const hasPasskey = "PublicKeyCredential" in window;
  const providers = methods.data?.external.length ?? 0;
  if (session.data && !code) {
    return <Navigate to={next ?? "/"} replace />;
  }

  return (
    <SignedOutPage title={t("signIn.title")} lead={t("signIn.lead")} back={false}>
      <ExternalProblem />
      <Tabs defaultValue="link" keepMounted={false}>
        <Tabs.List grow mb="md">
          <Tabs.Tab value="link">{t("signIn.byLink")}</Tabs.Tab>
          {hasPassword && <Tabs.Tab value="password">{t("signIn.byPassword")}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="link"><LinkForm email={email} onEmail={setEmail} next={next} /></Tabs.Panel>
        <Tabs.Panel value="password"><PasswordForm email={email} onEmail={setEmail} next={next} /></Tabs.Panel>
      </Tabs>
      {(hasPasskey || providers > 0) && (
        <Stack gap="xs">
          <Divider label={t("signIn.or")} />
          <ExternalButtons next={next} />
          {hasPasskey && (
            <Button
              variant="default"
              leftSection={<Icon name="key" />}
              loading={passkey.isPending}
              onClick={() => passkey.mutate(undefined, { onSuccess: (answer) => { if (answer) { void arrive(answer, next); } } })}
            >
              {t("signIn.byPasskey")}
            </Button>
          )}
          <Failure error={passkey.error} />
        </Stack>
      )}
      <Group justify="space-between" gap="xs">
        {hasPassword && <Text size="sm">{t("signIn.new")} <Anchor component={Link} to="/sign-up">{t("signUp.title")}</Anchor></Text>}
        {hasPassword && <Anchor component={Link} to="/forgot-password" size="sm">{t("forgot.link")}</Anchor>}
      </Group>
    </SignedOutPage>
  );
}
