import { Alert, Button, Checkbox, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { isFieldError, useFieldError } from "../../shared/lib/errors";
import { useChangeSession } from "../../shared/lib/session";
import { useLinkToken } from "../../shared/lib/token";
import { Failure } from "../../shared/ui/Failure";
import { NewPassword } from "../../shared/ui/NewPassword";
import { SignedOutPage } from "../../shared/ui/SignedOutPage";
import { useResetPassword } from "./api/resetPassword";
import { DeadLink, isDead } from "./DeadLink";
import { IncompleteLink } from "./IncompleteLink";

export default function ResetPasswordPage() {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const token = useLinkToken();
  const [newPassword, setNewPassword] = useState("");
  const [removePasskeys, setRemovePasskeys] = useState(false);
  const [removeLogins, setRemoveLogins] = useState(false);
  const reset = useResetPassword();
  const changeSession = useChangeSession();
  if (!token) {
    return <IncompleteLink />;
  }

  return (
    <SignedOutPage title={t("reset.title")} lead={reset.isSuccess ? undefined : t("reset.lead")}>
      {reset.isSuccess ? (
        <Alert color="teal" role="status">
          <Text size="sm">{t("reset.done")}</Text>
        </Alert>
      ) : (
        <form
          onSubmit={(e) => {
            e.preventDefault();
            reset.mutate({ token, newPassword, removePasskeys, removeLogins }, { onSuccess: () => void changeSession() });
          }}
        >
          <Stack>
            {!isFieldError(reset.error, "newPassword") && <Failure error={reset.error} />}
            <DeadLink dead={isDead(reset.error)} to="/forgot-password" label="reset.again">
              <NewPassword
                label={t("password.new")}
                value={newPassword}
                error={fieldError(reset.error, "newPassword")}
                onChange={setNewPassword}
              />
              <Checkbox
                label={t("reset.removePasskeys")}
                checked={removePasskeys}
                onChange={(e) => setRemovePasskeys(e.currentTarget.checked)}
              />
              <Checkbox label={t("reset.removeLogins")} checked={removeLogins} onChange={(e) => setRemoveLogins(e.currentTarget.checked)} />
              <Button type="submit" loading={reset.isPending}>
                {t("reset.action")}
              </Button>
            </DeadLink>
          </Stack>
        </form>
      )}
    </SignedOutPage>
  );
}
