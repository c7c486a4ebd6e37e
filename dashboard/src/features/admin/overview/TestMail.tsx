import { Button, Group, Stack, Text } from "@mantine/core";
import { useI18n } from "../../../i18n";
import { useMay, useSignedIn } from "../../../shared/lib/session";
import { Failure } from "../../../shared/ui/Failure";
import { SendStatus } from "../emails/SendStatus";
import { useSendTestMail, useTestMail } from "./api/testMail";

/** Sends a mail to oneself, and shows how that went. */
export function TestMail() {
  const { t } = useI18n();
  const may = useMay();
  const { user } = useSignedIn();
  const send = useSendTestMail();
  const follow = send.isSuccess && may("readEmails");
  const mail = useTestMail(user.id, send.submittedAt, follow);
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Button variant="light" size="xs" loading={send.isPending} onClick={() => send.mutate()}>
          {t("setup.testMail")}
        </Button>
        <div role="status">
          {follow && mail.data ? (
            <SendStatus status={mail.data.status} failed={{ what: "mail", ...mail.data }} />
          ) : (
            send.isSuccess && <Text size="sm">{t("setup.testSent", { email: user.email })}</Text>
          )}
        </div>
      </Group>
      {mail.data?.status === "sent" && <Text size="sm">{t("setup.testAccepted", { email: user.email })}</Text>}
      <Failure error={send.error ?? mail.error} />
    </Stack>
  );
}
