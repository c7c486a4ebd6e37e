import { Anchor, Button, Checkbox, Stack, Text, TextInput } from "@mantine/core";
import { ApiError } from "@roundtable/client";
import { useState } from "react";
import { Link } from "react-router";
import { useI18n } from "../../i18n";
import { presentFactor } from "../../shared/lib/codes";
import { useFieldError } from "../../shared/lib/errors";
import { CodeInput } from "../../shared/ui/CodeInput";
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
  const error = useFieldError()(verify.error, "code");
  const submit = () =>
    verify.mutate(
      { ...presentFactor(byRecoveryCode ? recoveryCode : code), trustBrowser },
      {
        onSuccess: (answer) => void arrive(answer, next),
        onError: () => setCode(""),
      },
    );
  return (
    <SignedOutPage title={t("twoFactor.title")} lead={byRecoveryCode ? t("twoFactor.recoveryLead") : t("twoFactor.lead")}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          submit();
        }}
      >
        <Stack>
          {byRecoveryCode ? (
            <TextInput
              key="recovery"
              label={t("twoFactor.recoveryCode")}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              required
              autoFocus
              value={recoveryCode}
              error={error}
              placeholder="XXXX-XXXX-XXXX-XXXX"
              onChange={(e) => setRecoveryCode(e.currentTarget.value)}
            />
          ) : (
            <CodeInput key="code" autoFocus value={code} error={error} onChange={(e) => setCode(e.currentTarget.value)} />
          )}
          <Checkbox label={t("twoFactor.trust")} checked={trustBrowser} onChange={(e) => setTrustBrowser(e.currentTarget.checked)} />
          {!error && <Failure error={verify.error} />}
          {verify.error instanceof ApiError && verify.error.code === "invalid_credentials" && (
            <Text size="sm">
              {t("twoFactor.expired")}{" "}
              <Anchor component={Link} to={`/sign-in${next ? `?next=${encodeURIComponent(next)}` : ""}`}>
                {t("twoFactor.startAgain")}
              </Anchor>
            </Text>
          )}
          <Button type="submit" loading={verify.isPending || verify.isSuccess}>
            {t("twoFactor.action")}
          </Button>
          <Button
            variant="subtle"
            h="auto"
            py="xs"
            styles={{ label: { whiteSpace: "normal" } }}
            onClick={() => {
              verify.reset();
              setByRecoveryCode(!byRecoveryCode);
            }}
          >
            {byRecoveryCode ? t("twoFactor.useCode") : t("twoFactor.useRecovery")}
          </Button>
        </Stack>
      </form>
    </SignedOutPage>
  );
}
