import { useParams } from "react-router";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { BackLink } from "../../../shared/ui/BackLink";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { Page } from "../../../shared/ui/Page";
import { useWebhook } from "./api/getWebhook";
import { Deliveries } from "./Deliveries";
import { WebhookActions } from "./WebhookActions";
import { WebhookSection } from "./WebhookSection";

export default function WebhookPage() {
  const { t } = useI18n();
  const id = useParams()["id"] ?? "";
  const may = useMay();
  const query = useWebhook(id);
  const back = <BackLink to="/admin/webhooks" needs="seeWebhooks" text={t("webhooks.back")} />;
  if (!query.data) {
    return (
      <Page title={t("webhooks.one")} lead={back}>
        {query.error ? <Failure error={query.error} retry={() => void query.refetch()} /> : <Loading rows={8} />}
      </Page>
    );
  }

  const { webhook, version } = query.data;
  return (
    <Page
      title={webhook.description ?? t("webhooks.one")}
      lead={back}
      actions={may("changeWebhooks") && <WebhookActions webhook={webhook} />}
    >
      <WebhookSection webhook={webhook} version={version} />
      <Deliveries webhook={webhook} />
    </Page>
  );
}
