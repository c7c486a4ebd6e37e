import { Button, Checkbox, PinInput, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { Failure } from "../../shared/ui/Failure";
import { SignedOutPage } from "../../shared/ui/SignedOutPage";
import { useVerifyTwoFactor } from "./api/verifyTwoFactor";
import { useArrive } from "./useArrive";
import { useNext } from "./useNext";

export default function TwoFactorPage() {
  const { t } = useI18n();
  const next = useNext();
  const [byRecoveryCode, setByRecoveryCode] = useState(false);
  const [code, setCode] = useState("");
  const [recoveryCode, setRecoveryCode] = useState("");
  const [trustBrowser, setTrustBrowser] = useState(false);
  const verify = useVerifyTwoFactor();
  const arrive = useArrive();
  const submit = () => verify.mutate(
    byRecoveryCode ? { recoveryCode: recoveryCode.trim(), trustBrowser } : { code, trustBrowser },
    { onSuccess: (answer) => void arrive(answer, next), onError: () => setCode("") },
  );
  return (
    <SignedOutPage title={t("twoFactor.title")} lead={byRecoveryCode ? t("twoFactor.recoveryLead") : t("twoFactor.lead")}>
      <form onSubmit={(e) => { e.preventDefault(); submit(); }}>
        <Stack>
          {byRecoveryCode
            ? <TextInput label={t("twoFactor.recoveryCode")} autoComplete="off" required autoFocus value={recoveryCode} onChange={(e) => setRecoveryCode(e.currentTarget.value)} placeholder="XXXX-XXXX-XXXX-XXXX" />
            : (
                <div>
                  <Text size="sm" fw={500} mb={4}>{t("twoFactor.code")}</Text>
                  <PinInput length={6} type="number" oneTimeCode autoFocus value={code} onChange={setCode} aria-label={t("twoFactor.code")} size="md" gap="xs" />
                </div>
              )}
          <Checkbox label={t("twoFactor.trust")} checked={trustBrowser} onChange={(e) => setTrustBrowser(e.currentTarget.checked)} />
          <Failure error={verify.error} />
          <Button type="submit" loading={verify.isPending} disabled={byRecoveryCode ? recoveryCode.trim() === "" : code.length < 6}>{t("twoFactor.action")}</Button>
          <Button variant="subtle" h="auto" py="xs" styles={{ label: { whiteSpace: "normal" } }} onClick={() => { verify.reset(); setByRecoveryCode(!byRecoveryCode); }}>{byRecoveryCode ? t("twoFactor.useCode") : t("twoFactor.useRecovery")}</Button>
        </Stack>
      </form>
    </SignedOutPage>
  );
}
