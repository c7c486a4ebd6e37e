import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { isFieldError, useFieldError } from "../../shared/lib/errors";
import { say } from "../../shared/lib/toasts";
import { Failure } from "../../shared/ui/Failure";
import { useRequestLink } from "./api/requestLink";
import { EmailField } from "./EmailField";
import { LinkSent } from "./LinkSent";

export function LinkForm({ email, onEmail, next }: { email: string; onEmail: (email: string) => void; next: string | undefined }) {
  const { t, chosenLocale } = useI18n();
  const [sent, setSent] = useState(false);
  const fieldError = useFieldError();
  const request = useRequestLink();
  const submit = () =>
    request.mutate(
      { email, ...(next && { callbackUrl: next }), ...(chosenLocale && { locale: chosenLocale }) },
      {
        onSuccess: () => {
          if (sent) {
            say(t("link.sentAgain"));
          }

          setSent(true);
        },
      },
    );
  if (sent) {
    return (
      <LinkSent
        email={email}
        next={next}
        resend={submit}
        resending={request.isPending}
        error={request.error}
        onOther={() => {
          setSent(false);
          request.reset();
        }}
      />
    );
  }

  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        submit();
      }}
    >
      <Stack>
        <EmailField
          autoComplete="username webauthn"
          value={email}
          placeholder="ada@example.com"
          error={fieldError(request.error, "email")}
          onChange={onEmail}
        />
        {!isFieldError(request.error, "email") && <Failure error={request.error} />}
        <Button type="submit" loading={request.isPending}>
          {t("link.send")}
        </Button>
      </Stack>
    </form>
  );
}
