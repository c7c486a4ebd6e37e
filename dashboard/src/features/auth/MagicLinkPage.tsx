import { Button, Stack, Text } from "@mantine/core";
import { useI18n } from "../../i18n";
import { useSession } from "../../shared/lib/session";
import { useLinkToken } from "../../shared/lib/token";
import { Failure } from "../../shared/ui/Failure";
import { SignedOutPage } from "../../shared/ui/SignedOutPage";
import { useRedeemLink } from "./api/redeemLink";
import { IncompleteLink } from "./IncompleteLink";
import { useArrive } from "./useArrive";

/** Asks before redeeming: mail scanners open links too and must not use them up. */
export default function MagicLinkPage() {
  const { t } = useI18n();
  const token = useLinkToken();
  const session = useSession();
  const redeem = useRedeemLink();
  const arrive = useArrive();
  if (!token) {
    return <IncompleteLink />;
  }

  return (
    <SignedOutPage title={t("magicLink.title")} lead={t("magicLink.lead")}>
      <Stack>
        {session.data && <Text size="sm">{t("magicLink.replaces", { email: session.data.user.email })}</Text>}
        <Failure error={redeem.error} />
        <Button autoFocus loading={redeem.isPending} onClick={() => redeem.mutate(token, { onSuccess: (answer) => void arrive(answer) })}>{t("magicLink.action")}</Button>
      </Stack>
    </SignedOutPage>
  );
}
