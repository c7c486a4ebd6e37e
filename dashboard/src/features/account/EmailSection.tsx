import { Alert, Button, Group, Stack, TextInput } from "@mantine/core";
import { useI18n } from "../../i18n";
import { isFieldError, useFieldError } from "../../shared/lib/errors";
import { useSignedIn } from "../../shared/lib/session";
import { useDraft } from "../../shared/lib/unsaved";
import { Failure } from "../../shared/ui/Failure";
import { Section } from "../../shared/ui/Section";
import { useChangeEmail } from "./api/changeEmail";
import { State } from "./State";

export function EmailSection() {
  const { t } = useI18n();
  const fieldError = useFieldError();
  const { user } = useSignedIn();
  const change = useChangeEmail();
  const [email, setEmail] = useDraft("new address", "");
  return (
    <Section title={t("signIn.byLink")} text={t("emailChange.text", { email: user.email })}>
      <State on>{user.emailVerified ? t("emailChange.verified") : t("emailChange.unverified")}</State>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          change.mutate(email, { onSuccess: () => setEmail("") });
        }}
      >
        <Stack maw={420}>
          <TextInput
            label={t("emailChange.new")}
            type="email"
            autoComplete="email"
            required
            value={email}
            error={fieldError(change.error, "newEmail")}
            onChange={(e) => setEmail(e.currentTarget.value)}
          />
          {change.isSuccess && (
            <Alert color="teal" role="status">
              {t("emailChange.sent", { email: change.variables })}
            </Alert>
          )}
          {!isFieldError(change.error, "newEmail") && <Failure error={change.error} />}
          <Group>
            <Button type="submit" loading={change.isPending}>
              {t("emailChange.action")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
