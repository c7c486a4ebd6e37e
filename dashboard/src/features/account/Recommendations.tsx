import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import type { AccountSecurityDto } from "@roundtable/client";
import { useI18n } from "../../i18n";
import { hasPasskeys } from "../../shared/lib/passkeys";
import { useSignedIn } from "../../shared/lib/session";
import { say } from "../../shared/lib/toasts";
import { Failure } from "../../shared/ui/Failure";
import { Section } from "../../shared/ui/Section";
import { useConfirmAddress } from "./api/confirmAddress";

const fewCodes = 3;

interface Props {
  security: AccountSecurityDto;
  onPasskey: () => void;
  onTwoFactor: () => void;
  onCodes: () => void;
}

/** What would protect the account better, the most urgent first, each with the button that does it. */
export function Recommendations({ security, onPasskey, onTwoFactor, onCodes }: Props) {
  const { t } = useI18n();
  const { user } = useSignedIn();
  const confirm = useConfirmAddress();
  const items = [
    {
      name: "confirm",
      needed: !user.emailVerified,
      run: () => confirm.mutate(user.email, { onSuccess: () => say(t("recommend.confirm.sent", { email: user.email })) }),
    },
    { name: "codes", needed: security.twoFactorEnabled && security.recoveryCodesLeft <= fewCodes, run: onCodes },
    { name: "twoFactor", needed: !security.twoFactorEnabled, run: onTwoFactor },
    { name: "passkey", needed: security.passkeys === 0 && hasPasskeys, run: onPasskey },
  ] as const;
  const needed = items.filter((i) => i.needed);
  if (needed.length === 0) {
    return (
      <Alert color="teal" title={t("recommend.none")}>
        {t("recommend.noneText")}
      </Alert>
    );
  }

  return (
    <Section title={t("recommend.title")}>
      <Failure error={confirm.error} />
      <Stack gap="md" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
        {needed.map(({ name, run }) => (
          <Group component="li" key={name} justify="space-between" gap="sm">
            <div style={{ flex: "1 1 260px", minWidth: 0 }}>
              <Text fw={600}>{t(`recommend.${name}`)}</Text>
              <Text size="sm" c="dimmed">
                {t(`recommend.${name}.why`, { count: security.recoveryCodesLeft })}
              </Text>
            </div>
            <Button variant="light" loading={name === "confirm" && confirm.isPending} onClick={run}>
              {t(`recommend.${name}.action`)}
            </Button>
          </Group>
        ))}
      </Stack>
    </Section>
  );
}
