import { Button } from "@mantine/core";
import type { WebhookDto } from "@roundtable/client";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useI18n } from "../../../i18n";
import { placeOf } from "../../../shared/lib/places";
import { say } from "../../../shared/lib/toasts";
import { Confirm } from "../../../shared/ui/Confirm";
import { SecretDialog } from "../../../shared/ui/SecretDialog";
import { useDeleteWebhook } from "./api/deleteWebhook";
import { useRotateSecret } from "./api/rotateSecret";
import { hostOf } from "./hostOf";

/** Rotates the secret or deletes the endpoint. */
export function WebhookActions({ webhook }: { webhook: WebhookDto }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const rotate = useRotateSecret(webhook.id);
  const remove = useDeleteWebhook(webhook.id);
  const [dialog, setDialog] = useState<"rotate" | "delete" | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      <Button variant="default" onClick={() => setDialog("rotate")}>
        {t("webhooks.rotate")}
      </Button>
      <Button variant="default" onClick={() => setDialog("delete")}>
        {t("webhooks.delete")}
      </Button>
      <Confirm
        opened={dialog === "rotate"}
        onClose={close}
        title={t("webhooks.rotate")}
        text={t("webhooks.rotateText")}
        action={t("webhooks.rotateAction")}
        pending={rotate.isPending}
        error={rotate.error}
        onConfirm={() => rotate.mutate(undefined, { onSuccess: close })}
      />
      <Confirm
        opened={dialog === "delete"}
        onClose={close}
        title={t("webhooks.delete")}
        text={t("webhooks.deleteText")}
        action={t("webhooks.delete")}
        word={hostOf(webhook.url)}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() =>
          remove.mutate(undefined, {
            onSuccess: () => {
              say(t("webhooks.deleted"));
              void navigate(placeOf("/admin/webhooks"), { replace: true });
            },
          })
        }
      />
      {rotate.data && (
        <SecretDialog title={t("webhooks.secret")} text={t("webhooks.secretText")} secret={rotate.data} onClose={rotate.reset} />
      )}
    </>
  );
}
