import { Alert, Button, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { isFieldError, useFieldError } from "../../shared/lib/errors";
import { Failure } from "../../shared/ui/Failure";
import { SignedOutPage } from "../../shared/ui/SignedOutPage";
import { useForgotPassword } from "./api/forgotPassword";
import { EmailField } from "./EmailField";
import { MailboxHint } from "./MailboxHint";

export default function ForgotPasswordPage() {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const [email, setEmail] = useState("");
  const forgot = useForgotPassword();
  return (
    <SignedOutPage title={t("forgot.title")} lead={t("forgot.lead")}>
      {forgot.isSuccess ? (
        <Alert color="teal" role="status" title={t("link.sent")}>
          <Text size="sm">{t("link.sentText", { email })}</Text>
          <MailboxHint email={email} />
        </Alert>
      ) : (
        <form
          onSubmit={(e) => {
            e.preventDefault();
            forgot.mutate(email);
          }}
        >
          <Stack>
            <EmailField value={email} error={fieldError(forgot.error, "email")} onChange={setEmail} />
            {!isFieldError(forgot.error, "email") && <Failure error={forgot.error} />}
            <Button type="submit" loading={forgot.isPending}>
              {t("forgot.action")}
            </Button>
          </Stack>
        </form>
      )}
    </SignedOutPage>
  );
}
