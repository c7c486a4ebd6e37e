import { Alert, Button, Stack, Text, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { useI18n } from "../../i18n";
import { sessionApi } from "../../shared/lib/clients";
import { plainCode } from "../../shared/lib/codes";
import { useMutation } from "../../shared/lib/mutation";
import { Failure } from "../../shared/ui/Failure";
import { usePendingLink } from "./api/pendingLink";
import { useRedeemCode } from "./api/redeemCode";
import { isDead } from "./DeadLink";
import { MailboxHint } from "./MailboxHint";
import { useArrive } from "./useArrive";
import { useWaitUntil } from "./useWaitUntil";

/** After a request for a link: takes the code, and goes on by itself when the link is used in this browser. */
export function LinkSent({
  email,
  next,
  resend,
  resending,
  error,
  onOther,
}: {
  email: string;
  next: string | undefined;
  resend: () => void;
  resending: boolean;
  error: Error | null;
  onOther: () => void;
}) {
  const { t } = useI18n();
  const [code, setCode] = useState("");
  const pending = usePendingLink();
  const redeem = useRedeemCode();
  const arrive = useArrive();
  const state = pending.data === null ? "expired" : pending.data?.state;
  const takesCode = state === undefined || state === "waiting";
  const wait = useWaitUntil(pending.data?.canResendAt);
  const goOn = useMutation({
    // Without a session, the link led to the second step.
    mutationFn: async () => arrive({ twoFactorRequired: !(await sessionApi.getSession()).data, isNewUser: false, callbackUrl: null }, next),
  });
  useEffect(() => {
    if (state === "signedIn" && !redeem.isPending && !redeem.isSuccess) {
      goOn.mutate();
    }
  }, [state]);

  return (
    <Stack>
      <Alert color="teal" role="status" title={t("link.sent")}>
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{t("link.sentText", { email })}</Text>
          <MailboxHint email={email} />
        </Stack>
      </Alert>
      {state === "usedElsewhere" && (
        <Alert color="yellow" role="status">
          {t("link.usedElsewhere")}
        </Alert>
      )}
      {state === "expired" && (
        <Alert color="yellow" role="status">
          {t("link.expired")}
        </Alert>
      )}
      {takesCode && (
        <form
          onSubmit={(e) => {
            e.preventDefault();
            redeem.mutate(plainCode(code), { onSuccess: (answer) => void arrive(answer, next), onError: () => setCode("") });
          }}
        >
          <Stack>
            <TextInput
              label={t("link.code")}
              description={t("link.codeText")}
              autoComplete="one-time-code"
              autoCapitalize="characters"
              spellCheck={false}
              required
              placeholder="XXXX-XXXX"
              maxLength={64}
              value={code}
              onChange={(e) => setCode(e.currentTarget.value)}
            />
            {isDead(redeem.error) ? (
              <Alert color="red" role="alert">
                {t("link.codeWrong")}
              </Alert>
            ) : (
              <Failure error={redeem.error} />
            )}
            <Button type="submit" loading={redeem.isPending || redeem.isSuccess} disabled={plainCode(code).length < 8}>
              {t("link.codeAction")}
            </Button>
          </Stack>
        </form>
      )}
      <Failure error={goOn.error} retry={() => goOn.mutate()} />
      <Failure error={error} />
      <Button variant="default" loading={resending} disabled={wait > 0} onClick={resend}>
        {wait > 0 ? t("link.resendIn", { seconds: wait }) : t("link.resend")}
      </Button>
      <Button variant="subtle" onClick={onOther}>
        {t("link.other")}
      </Button>
    </Stack>
  );
}
