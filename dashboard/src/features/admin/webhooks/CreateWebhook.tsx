import { ApiError } from "@roundtable/client";
import { useNavigate } from "react-router";
import { useI18n } from "../../../i18n";
import { useCreateWebhook } from "./api/createWebhook";
import { SecretDialog } from "./SecretDialog";
import { WebhookDialog } from "./WebhookDialog";

/** Adds an endpoint and shows its secret, then the endpoint. */
export function CreateWebhook({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const create = useCreateWebhook();
  if (create.data) {
    const { secret, webhook } = create.data;
    return <SecretDialog secret={secret} onClose={() => { onClose(); void navigate(`/admin/webhooks/${webhook.id}`); }} />;
  }

  // Only the limit can conflict with a new one.
  const tooMany = create.error instanceof ApiError && create.error.code === "conflict";
  return (
    <WebhookDialog
      title={t("webhooks.add")} action={t("webhooks.addAction")} before={{ url: "", description: null, events: [] }}
      pending={create.isPending} error={create.error} {...(tooMany ? { problem: t("webhooks.tooMany") } : {})}
      onSubmit={(form) => create.mutate(form)} onClose={onClose}
    />
  );
}
