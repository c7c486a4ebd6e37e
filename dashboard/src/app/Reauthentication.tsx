import { Anchor, Button, PasswordInput, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { useI18n } from "../i18n";
import { plainCode } from "../shared/lib/codes";
import { onReauthentication, publishRefresh } from "../shared/lib/reauthentication";
import { sessionKey, useChangeSession, useSignedIn } from "../shared/lib/session";
import { say } from "../shared/lib/toasts";
import { CodeInput } from "../shared/ui/CodeInput";
import { Dialog } from "../shared/ui/Dialog";
import { Failure } from "../shared/ui/Failure";
import { useReauthenticate } from "./api/reauthenticate";
import { useSignOut } from "./api/signOut";

/** Opens when the API requires a fresh session, and refreshes the session. */
export function Reauthentication() {
  const { t } = useI18n();
  const { user } = useSignedIn();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const changeSession = useChangeSession();
  const reauthenticate = useReauthenticate();
  const signOut = useSignOut();
  const [opened, setOpened] = useState(false);
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  useEffect(() => onReauthentication(() => setOpened(true)), []);
  const close = () => {
    setOpened(false);
    setPassword("");
    setCode("");
  };
  const submit = () =>
    reauthenticate.mutate(code ? { password, code: plainCode(code) } : { password }, {
      onSuccess: () => {
        close();
        publishRefresh();
        say(t("reauth.done"));
        void queries.invalidateQueries({ predicate: (q) => q.queryKey[0] !== sessionKey[0] });
      },
    });
  const signInAgain = () =>
    signOut.mutate(undefined, {
      onSuccess: async () => {
        await changeSession();
        await navigate(`/sign-in?next=${encodeURIComponent(pathname + search)}`, { replace: true });
      },
    });
  return (
    opened && (
      <Dialog onClose={close} title={t("reauth.title")}>
        <form
          onSubmit={(e) => {
            e.preventDefault();
            submit();
          }}
        >
          <Stack>
            <Text size="sm">{t("error.session_not_fresh")}</Text>
            <PasswordInput
              label={t("password")}
              autoComplete="current-password"
              required
              value={password}
              data-autofocus
              visibilityToggleButtonProps={{ "aria-label": t("password.show") }}
              onChange={(e) => setPassword(e.currentTarget.value)}
            />
            {user.twoFactorEnabled && <CodeInput value={code} onChange={(e) => setCode(e.currentTarget.value)} />}
            <Failure error={reauthenticate.error ?? signOut.error} />
            <Button type="submit" loading={reauthenticate.isPending}>
              {t("reauth.action")}
            </Button>
            <Text size="sm">
              {t("reauth.noPassword")}{" "}
              <Anchor component="button" type="button" onClick={signInAgain}>
                {t("reauth.signInAgain")}
              </Anchor>
            </Text>
          </Stack>
        </form>
      </Dialog>
    )
  );
}
