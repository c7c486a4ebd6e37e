import { Badge, Button, Group, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { useSignedIn } from "../../shared/lib/session";
import { say } from "../../shared/lib/toasts";
import { Confirm } from "../../shared/ui/Confirm";
import { Failure } from "../../shared/ui/Failure";
import { Loading } from "../../shared/ui/Loading";
import { Section } from "../../shared/ui/Section";
import { useTwoFactor } from "./api/getTwoFactor";
import { useReplaceRecoveryCodes } from "./api/replaceRecoveryCodes";
import { useTurnOffTwoFactor } from "./api/turnOffTwoFactor";
import { RecoveryCodes } from "./RecoveryCodes";
import { TwoFactorSetup } from "./TwoFactorSetup";

export function TwoFactorSection() {
  const { t } = useI18n();
  const { user } = useSignedIn();
  const status = useTwoFactor();
  const replace = useReplaceRecoveryCodes();
  const turnOff = useTurnOffTwoFactor();
  const [codes, setCodes] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState<"off" | "codes" | null>(null);
  const [factor, setFactor] = useState("");
  const ask = (what: "off" | "codes") => {
    setFactor("");
    setAsking(what);
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
    <Section
      title={t("twoFactor.section")}
      text={t("twoFactor.sectionText")}
      aside={
        status.data && (
          <Badge variant="dot" color={status.data.enabled ? "teal" : "gray.6"}>
            {status.data.enabled ? t("on") : t("off")}
          </Badge>
        )
      }
    >
      {status.isPending && <Loading rows={2} />}
      <Failure error={status.error} retry={() => void status.refetch()} />
      {codes.length > 0 && <RecoveryCodes codes={codes} onDone={() => setCodes([])} />}
      {status.data?.enabled === false && <TwoFactorSetup onCodes={setCodes} />}
      {status.data?.enabled && (
        <>
          <Text size="sm">{t("twoFactor.codesLeft", { count: status.data.recoveryCodesLeft })}</Text>
          <Group>
            <Button variant="default" onClick={() => ask("codes")}>
              {t("twoFactor.newCodes")}
            </Button>
            <Button variant="default" onClick={() => ask("off")}>
              {t("twoFactor.turnOff")}
            </Button>
          </Group>
        </>
      )}
      <Confirm
        opened={asking === "off"}
        onClose={() => setAsking(null)}
        title={t("twoFactor.turnOff")}
        text={t("twoFactor.turnOffText")}
        action={t("twoFactor.turnOff")}
        word={user.email}
        pending={turnOff.isPending}
        error={turnOff.error}
        onConfirm={() =>
          turnOff.mutate(factor, {
            onSuccess: () => {
              setAsking(null);
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
        onClose={() => setAsking(null)}
        title={t("twoFactor.newCodes")}
        text={t("twoFactor.newCodesText")}
        action={t("twoFactor.newCodes")}
        danger={false}
        pending={replace.isPending}
        error={replace.error}
        onConfirm={() =>
          replace.mutate(factor, {
            onSuccess: (fresh) => {
              setAsking(null);
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
