import { Button, Card, Group, List, Stack, Text } from "@mantine/core";
import type { OutboxStatus, RetryEmailsRequest } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { say } from "../../../shared/lib/toasts";
import { Confirm } from "../../../shared/ui/Confirm";
import { Failure } from "../../../shared/ui/Failure";
import { useRetryEmails } from "./api/retryEmails";

const most = 500;
const shown = 20;

interface Props {
  status: OutboxStatus | undefined;
  userId: string | undefined;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
  /** The addresses of the listed mails, by id. */
  addresses: ReadonlyMap<string, string>;
}

/** Retries the chosen mails, or all that failed. Says for each that is not retried why. */
export function RetryBar({ status, userId, chosen, onChoose, addresses }: Props) {
  const { t } = useI18n();
  const retry = useRetryEmails();
  const [asking, setAsking] = useState(false);
  const send = (request: RetryEmailsRequest) =>
    retry.mutate(request, {
      onSuccess: ({ succeeded, failed }) => {
        setAsking(false);
        onChoose(new Set());
        if (failed === 0) {
          say(t(succeeded === 1 ? "emails.retried" : "emails.retriedMany", { count: succeeded }));
        }
      },
    });
  const failures = retry.data?.results.filter((r) => !r.ok) ?? [];
  const all = status === "failed";
  if (chosen.size === 0 && !all && failures.length === 0) {
    return null;
  }

  return (
    <Card withBorder padding="sm">
      <Stack gap="xs">
        <Group gap="xs">
          {chosen.size > 0 && (
            <>
              <Text fw={600} size="sm" role="status">
                {t("bulk.selected", { count: chosen.size })}
              </Text>
              <Button
                size="xs"
                disabled={chosen.size > most}
                loading={retry.isPending && !asking}
                onClick={() => send({ ids: [...chosen] })}
              >
                {t("emails.retryChosen")}
              </Button>
              <Button size="xs" variant="subtle" onClick={() => onChoose(new Set())}>
                {t("bulk.clear")}
              </Button>
            </>
          )}
          {chosen.size === 0 && all && (
            <Button size="xs" variant="default" onClick={() => setAsking(true)}>
              {t("emails.retryAll")}
            </Button>
          )}
        </Group>
        {chosen.size > most && <Text size="sm">{t("bulk.limit")}</Text>}
        {!asking && <Failure error={retry.error} />}
        {failures.length > 0 && (
          <div role="status">
            <Text size="sm">{t("bulk.result", { succeeded: retry.data?.succeeded ?? 0, failed: failures.length })}</Text>
            <List size="sm">
              {failures.slice(0, shown).map((f) => (
                <List.Item key={f.id}>
                  {addresses.get(f.id) ?? f.id}: {t(f.code === "conflict" ? "emails.notRetriable" : "error.not_found")}
                </List.Item>
              ))}
            </List>
          </div>
        )}
      </Stack>
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("emails.retryAll")}
        text={t(userId ? "emails.retryAllOfUser" : "emails.retryAllText")}
        action={t("emails.retryAll")}
        danger={false}
        pending={retry.isPending}
        error={retry.error}
        onConfirm={() => send(userId ? { userId } : {})}
      />
    </Card>
  );
}
