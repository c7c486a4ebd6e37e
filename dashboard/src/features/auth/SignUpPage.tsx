import { Alert, Button, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { isFieldError, useFieldError } from "../../shared/lib/errors";
import { Failure } from "../../shared/ui/Failure";
import { NewPassword } from "../../shared/ui/NewPassword";
import { SignedOutPage } from "../../shared/ui/SignedOutPage";
import { useSignUp } from "./api/signUp";
import { EmailField } from "./EmailField";
import { MailboxHint } from "./MailboxHint";

export default function SignUpPage() {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const [form, setForm] = useState({ name: "", email: "", password: "" });
  const signUp = useSignUp();
  return (
    <SignedOutPage title={t("signUp.title")} lead={t("signUp.lead")}>
      {signUp.isSuccess ? (
        <Alert color="teal" role="status" title={t("link.sent")}>
          <Text size="sm">{t("signUp.sent", { email: form.email })}</Text>
          <MailboxHint email={form.email} />
        </Alert>
      ) : (
        <form
          onSubmit={(e) => {
            e.preventDefault();
            signUp.mutate(form);
          }}
        >
          <Stack>
            <TextInput
              label={t("name")}
              autoComplete="name"
              required
              maxLength={100}
              value={form.name}
              error={fieldError(signUp.error, "name")}
              onChange={(e) => setForm({ ...form, name: e.currentTarget.value })}
            />
            <EmailField value={form.email} error={fieldError(signUp.error, "email")} onChange={(email) => setForm({ ...form, email })} />
            <NewPassword
              label={t("password")}
              value={form.password}
              error={fieldError(signUp.error, "password")}
              onChange={(password) => setForm({ ...form, password })}
            />
            {!isFieldError(signUp.error, "name", "email", "password") && <Failure error={signUp.error} />}
            <Button type="submit" loading={signUp.isPending}>
              {t("signUp.action")}
            </Button>
          </Stack>
        </form>
      )}
    </SignedOutPage>
  );
}
