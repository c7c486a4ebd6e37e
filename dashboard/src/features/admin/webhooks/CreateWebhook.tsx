import { useNavigate } from "react-router";
import { useI18n } from "../../../i18n";
import { isRefusedByState } from "../../../shared/lib/conflicts";
import { SecretDialog } from "../../../shared/ui/SecretDialog";
import { useCreateWebhook } from "./api/createWebhook";
import { WebhookDialog } from "./WebhookDialog";

/** Adds an endpoint and shows its secret, then the endpoint. */
export function CreateWebhook({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const navigate = useNavigate();
  const create = useCreateWebhook();
  if (create.data) {
    const { secret, webhook } = create.data;
    return (
      <SecretDialog
        title={t("webhooks.secret")}
        text={t("webhooks.secretText")}
        secret={secret}
        onClose={() => {
          onClose();
          void navigate(`/admin/webhooks/${webhook.id}`);
        }}
      />
    );
  }

  // Only the limit can conflict with a new one.
  const tooMany = isRefusedByState(create.error);
  return (
    <WebhookDialog
      title={t("webhooks.add")}
      action={t("webhooks.addAction")}
      before={{ url: "", description: null, events: [] }}
      pending={create.isPending}
      error={create.error}
      {...(tooMany ? { problem: t("webhooks.tooMany") } : {})}
      onSubmit={(form) => create.mutate(form)}
      onClose={onClose}
    />
  );
}
