import { Accordion, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { ApiError } from "@roundtable/client";
import { useI18n } from "../../i18n";
import { type DevelopmentMail, useMails } from "../../shared/lib/mails";
import { Empty } from "../../shared/ui/Empty";
import { Failure } from "../../shared/ui/Failure";
import { Loading } from "../../shared/ui/Loading";
import { SignedOutPage } from "../../shared/ui/SignedOutPage";
import { When } from "../../shared/ui/When";

const link = /https?:\/\/\S+#token=[\w-]+/;

export default function MailboxPage() {
  const { t } = useI18n();
  const mails = useMails();
  const missing = mails.error instanceof ApiError && mails.error.status === 404;
  return (
    <SignedOutPage title={t("mailbox.title")} lead={t("mailbox.lead")}>
      {mails.isPending && <Loading />}
      {missing ? (
        <Empty title={t("mailbox.missing")} hint={t("mailbox.missingHint")} />
      ) : (
        <Failure error={mails.error} retry={() => void mails.refetch()} />
      )}
      {mails.data?.length === 0 && <Empty title={t("mailbox.empty")} hint={t("mailbox.emptyHint")} />}
      {mails.data && mails.data.length > 0 && (
        <Accordion defaultValue={mails.data[0]?.id ?? null} variant="separated">
          {mails.data.map((mail) => (
            <Mail key={mail.id} mail={mail} />
          ))}
        </Accordion>
      )}
    </SignedOutPage>
  );
}

function Mail({ mail }: { mail: DevelopmentMail }) {
  const { t } = useI18n();
  const address = link.exec(mail.text)?.[0];
  return (
    <Accordion.Item value={mail.id}>
      <Accordion.Control>
        <Text fw={600} size="sm">
          {mail.subject}
        </Text>
        <Group gap="xs" justify="space-between">
          <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {mail.to}
          </Text>
          <Text size="xs" c="dimmed">
            <When at={mail.sentAt} />
          </Text>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        <Stack gap="xs" align="flex-start">
          {address && (
            <Button component="a" href={here(address)} size="xs">
              {t("mailbox.follow")}
            </Button>
          )}
          <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {address
              ? mail.text.split(address).map((part, i) => (
                  <span key={i}>
                    {i > 0 && (
                      <Anchor href={here(address)} underline="always">
                        {address}
                      </Anchor>
                    )}
                    {part}
                  </span>
                ))
              : mail.text}
          </Text>
        </Stack>
      </Accordion.Panel>
    </Accordion.Item>
  );
}

/** The link on the current host: a developer's port may differ. */
function here(address: string) {
  const url = new URL(address);
  return url.pathname + url.hash;
}
