import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import type { AccountSecurityDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { isFieldError, useFieldError } from "../../shared/lib/errors";
import { useFormat } from "../../shared/lib/format";
import { say } from "../../shared/lib/toasts";
import { useDraft } from "../../shared/lib/unsaved";
import { Failure } from "../../shared/ui/Failure";
import { NewPassword } from "../../shared/ui/NewPassword";
import { Section } from "../../shared/ui/Section";
import { useChangePassword } from "./api/changePassword";
import { State } from "./State";

export function PasswordSection({ security }: { security: AccountSecurityDto }) {
  const { t } = useI18n();
  const format = useFormat();
  const fieldError = useFieldError();
  const change = useChangePassword();
  // Browsers fill this one in.
  const [currentPassword, setCurrentPassword] = useState("");
  const [{ newPassword }, setNew] = useDraft("password", { newPassword: "" }, ["newPassword"]);
  const submit = () =>
    change.mutate(currentPassword ? { currentPassword, newPassword } : { newPassword }, {
      onSuccess: () => {
        setCurrentPassword("");
        setNew({ newPassword: "" });
        say(t("password.changed"));
      },
    });
  return (
    <Section title={t("password")} text={t("password.text")}>
      <State on={security.passwordSet}>
        {!security.passwordSet
          ? t("password.never")
          : security.passwordChangedAt
            ? t("password.changedAgo", { when: format.ago(security.passwordChangedAt) })
            : t("password.isSet")}
      </State>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          submit();
        }}
      >
        <Stack maw={420}>
          {security.passwordSet && (
            <PasswordInput
              label={t("password.current")}
              autoComplete="current-password"
              required
              value={currentPassword}
              error={fieldError(change.error, "currentPassword")}
              visibilityToggleButtonProps={{ "aria-label": t("password.show") }}
              onChange={(e) => setCurrentPassword(e.currentTarget.value)}
            />
          )}
          <NewPassword
            label={t("password.new")}
            value={newPassword}
            error={fieldError(change.error, "newPassword")}
            onChange={(typed) => setNew({ newPassword: typed })}
          />
          {!isFieldError(change.error, "currentPassword", "newPassword") && <Failure error={change.error} />}
          <Group>
            <Button type="submit" loading={change.isPending}>
              {t("password.change")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
