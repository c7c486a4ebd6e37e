import { Alert, Button, Stack, Text } from "@mantine/core";
import { useI18n } from "../../i18n";
import { useDeviceName } from "../../shared/lib/device";
import { useFormat } from "../../shared/lib/format";
import { useSession } from "../../shared/lib/session";
import { useLinkToken } from "../../shared/lib/token";
import { Failure } from "../../shared/ui/Failure";
import { SignedOutPage } from "../../shared/ui/SignedOutPage";
import { useLinkOrigin } from "./api/inspectLink";
import { useRedeemLink } from "./api/redeemLink";
import { DeadLink, isDead } from "./DeadLink";
import { IncompleteLink } from "./IncompleteLink";
import { useArrive } from "./useArrive";

/** Asks before redeeming: mail scanners open links too and must not use them up. In another browser it shows who asked for the link. */
export default function MagicLinkPage() {
  const { t } = useI18n();
  const format = useFormat();
  const deviceName = useDeviceName();
  const token = useLinkToken();
  const session = useSession();
  const redeem = useRedeemLink();
  // A link that is used up has no origin any more: asking again would show an error beside the success.
  const origin = useLinkOrigin(token, redeem.isIdle);
  const arrive = useArrive();
  if (!token) {
    return <IncompleteLink />;
  }

  return (
    <SignedOutPage title={t("magicLink.title")} lead={t("magicLink.lead")}>
      <Stack>
        {session.data && !redeem.isSuccess && <Text size="sm">{t("magicLink.replaces", { email: session.data.user.email })}</Text>}
        {origin.data && !origin.data.sameBrowser && (
          <Alert color="blue" title={t("magicLink.otherBrowser")}>
            <Stack gap={4}>
              <Text size="sm">{t("magicLink.askedAt", { email: origin.data.email, time: format.dateTime(origin.data.askedAt) })}</Text>
              {origin.data.device && <Text size="sm">{t("magicLink.askedDevice", { device: deviceName(origin.data.device) })}</Text>}
              {origin.data.ipAddress && <Text size="sm">{t("magicLink.askedAddress", { address: origin.data.ipAddress })}</Text>}
              <Text size="sm">{t(origin.data.canSignIn ? "magicLink.otherBrowserText" : "error.other_browser")}</Text>
            </Stack>
          </Alert>
        )}
        <Failure
          error={redeem.error ?? origin.error}
          {...(origin.error && !isDead(origin.error) ? { retry: () => void origin.refetch() } : {})}
        />
        <DeadLink dead={isDead(redeem.error ?? origin.error) || origin.data?.canSignIn === false} to="/sign-in" label="magicLink.again">
          <Button
            autoFocus
            loading={redeem.isPending || redeem.isSuccess || origin.isPending}
            disabled={origin.isError}
            onClick={() => redeem.mutate(token, { onSuccess: (answer) => void arrive(answer) })}
          >
            {t("magicLink.action")}
          </Button>
        </DeadLink>
      </Stack>
    </SignedOutPage>
  );
}
