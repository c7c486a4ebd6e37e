import { Alert, Button, Group, Text } from "@mantine/core";
import { useNavigate } from "react-router";
import { useI18n } from "../i18n";
import { useFormat } from "../shared/lib/format";
import { useChangeSession, useSignedIn } from "../shared/lib/session";
import { forgetUnsaved, leaving } from "../shared/lib/unsaved";
import { Failure } from "../shared/ui/Failure";
import { usePerson } from "./api/getPerson";
import { useStopImpersonation } from "./api/stopImpersonation";

/** Shown on every page during impersonation: the admin, the user, the expiry and a way to stop. */
export function ImpersonationBanner() {
  const { session } = useSignedIn();
  return session.impersonatedBy ? <Banner admin={session.impersonatedBy} /> : null;
}

function Banner({ admin }: { admin: string }) {
  const { t } = useI18n();
  const format = useFormat();
  const { user, session } = useSignedIn();
  const person = usePerson(admin);
  const stop = useStopImpersonation();
  const changeSession = useChangeSession();
  const navigate = useNavigate();
  const goBack = async () => {
    forgetUnsaved();
    await changeSession();
    await navigate(`/admin/users/${user.id}`);
  };
  return (
    <Alert color="orange" mb="lg" role="region" aria-label={t("impersonation.title")} title={t("impersonation.title")}>
      <Group justify="space-between">
        <Text size="sm">
          {t("impersonation.text", {
            admin: person.data?.name ?? admin,
            user: user.email,
            until: `${format.dateTime(session.expiresAt)} (${format.zone})`,
          })}
        </Text>
        <Button
          size="xs"
          loading={stop.isPending}
          onClick={() => leaving(() => stop.mutate(undefined, { onSuccess: () => goBack(), onError: () => void changeSession() }))}
        >
          {t("impersonation.stop")}
        </Button>
      </Group>
      <Failure error={stop.error} />
    </Alert>
  );
}
