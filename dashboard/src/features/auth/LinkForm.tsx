import { Alert, Button, Stack, Text, TextInput } from "@mantine/core";
import { useI18n } from "../../i18n";
import { isFieldError, useFieldError } from "../../shared/lib/errors";
import { Failure } from "../../shared/ui/Failure";
import { useRequestLink } from "./api/requestLink";
import { MailboxHint } from "./MailboxHint";

export function LinkForm({ email, onEmail, next }: { email: string; onEmail: (email: string) => void; next: string | undefined }) {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const request = useRequestLink();
  if (request.isSuccess) {
    return (
      <Alert color="teal" role="status" title={t("link.sent")}>
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{t("link.sentText", { email })}</Text>
          <MailboxHint />
          <Button size="xs" variant="default" onClick={() => request.reset()}>{t("link.other")}</Button>
        </Stack>
      </Alert>
    );
  }

  return (
    <form onSubmit={(e) => { e.preventDefault(); request.mutate(next ? { email, callbackUrl: next } : { email }); }}>
      <Stack>
        <TextInput
          label={t("email")} type="email" autoComplete="username webauthn" required value={email} placeholder="ada@example.com"
          error={fieldError(request.error, "email")} onChange={(e) => onEmail(e.currentTarget.value)}
        />
        {!isFieldError(request.error, "email") && <Failure error={request.error} />}
        <Button type="submit" loading={request.isPending}>{t("link.send")}</Button>
      </Stack>
    </form>
  );
}
