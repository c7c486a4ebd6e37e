import { Button, Group, Text, TextInput } from "@mantine/core";
import type { AccountSecurityDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { useFormat } from "../../shared/lib/format";
import { useSignedIn } from "../../shared/lib/session";
import { say } from "../../shared/lib/toasts";
import { Confirm } from "../../shared/ui/Confirm";
import { Section } from "../../shared/ui/Section";
import { useReplaceRecoveryCodes } from "./api/replaceRecoveryCodes";
import type { useSetUpTwoFactor } from "./api/setUpTwoFactor";
import { useTurnOffTwoFactor } from "./api/turnOffTwoFactor";
import { RecoveryCodes } from "./RecoveryCodes";
import { State } from "./State";
import { TwoFactorSetup } from "./TwoFactorSetup";

interface Props {
  security: AccountSecurityDto;
  setUp: ReturnType<typeof useSetUpTwoFactor>;
  asking: "off" | "codes" | null;
  onAsking: (what: "off" | "codes" | null) => void;
}

export function TwoFactorSection({ security, setUp, asking, onAsking }: Props) {
  const { t } = useI18n();
  const { user } = useSignedIn();
  const format = useFormat();
  const replace = useReplaceRecoveryCodes();
  const turnOff = useTurnOffTwoFactor();
  const [codes, setCodes] = useState<readonly string[]>([]);
  const [factor, setFactor] = useState("");
  const close = () => {
    setFactor("");
    onAsking(null);
  };
  const present = (
    <TextInput
      label={t("twoFactor.present")}
      autoComplete="one-time-code"
      required
      maxLength={64}
      value={factor}
      onChange={(e) => setFactor(e.currentTarget.value)}
    />
  );
  return (
    <Section title={t("twoFactor.section")} text={t("twoFactor.sectionText")}>
      <State on={security.twoFactorEnabled}>
        {security.twoFactorEnabledAt && t("twoFactor.since", { date: format.date(security.twoFactorEnabledAt) })}
      </State>
      {codes.length > 0 && <RecoveryCodes codes={codes} onDone={() => setCodes([])} />}
      {!security.twoFactorEnabled && <TwoFactorSetup setUp={setUp} onCodes={setCodes} />}
      {security.twoFactorEnabled && (
        <>
          <Text size="sm">{t("twoFactor.codesLeft", { count: security.recoveryCodesLeft })}</Text>
          <Group>
            <Button variant="default" onClick={() => onAsking("codes")}>
              {t("twoFactor.newCodes")}
            </Button>
            <Button variant="default" onClick={() => onAsking("off")}>
              {t("twoFactor.turnOff")}
            </Button>
          </Group>
        </>
      )}
      <Confirm
        opened={asking === "off"}
        onClose={close}
        title={t("twoFactor.turnOff")}
        text={t("twoFactor.turnOffText")}
        action={t("twoFactor.turnOff")}
        word={user.email}
        pending={turnOff.isPending}
        error={turnOff.error}
        onConfirm={() =>
          turnOff.mutate(factor, {
            onSuccess: () => {
              close();
              setCodes([]);
              say(t("twoFactor.isOff"));
            },
          })
        }
      >
        {present}
      </Confirm>
      <Confirm
        opened={asking === "codes"}
        onClose={close}
        title={t("twoFactor.newCodes")}
        text={t("twoFactor.newCodesText")}
        action={t("twoFactor.newCodes")}
        danger={false}
        pending={replace.isPending}
        error={replace.error}
        onConfirm={() =>
          replace.mutate(factor, {
            onSuccess: (fresh) => {
              close();
              setCodes(fresh);
            },
          })
        }
      >
        {present}
      </Confirm>
    </Section>
  );
}
