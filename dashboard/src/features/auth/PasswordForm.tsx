import { Button, Checkbox, PasswordInput, Stack } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { Failure } from "../../shared/ui/Failure";
import { useSignIn } from "./api/signIn";
import { EmailField } from "./EmailField";
import { useArrive } from "./useArrive";

export function PasswordForm({ email, onEmail, next }: { email: string; onEmail: (email: string) => void; next: string | undefined }) {
  const { t } = useI18n();
  const [password, setPassword] = useState("");
  const [rememberMe, setRememberMe] = useState(true);
  const signIn = useSignIn();
  const arrive = useArrive();
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        signIn.mutate({ email, password, rememberMe }, { onSuccess: (answer) => void arrive(answer, next) });
      }}
    >
      <Stack>
        <EmailField autoComplete="username webauthn" value={email} placeholder="ada@example.com" onChange={onEmail} />
        <PasswordInput
          label={t("password")}
          autoComplete="current-password"
          required
          value={password}
          visibilityToggleButtonProps={{ "aria-label": t("password.show") }}
          onChange={(e) => setPassword(e.currentTarget.value)}
        />
        <Checkbox label={t("signIn.remember")} checked={rememberMe} onChange={(e) => setRememberMe(e.currentTarget.checked)} />
        <Failure error={signIn.error} />
        <Button type="submit" loading={signIn.isPending || signIn.isSuccess}>
          {t("signIn.action")}
        </Button>
      </Stack>
    </form>
  );
}
