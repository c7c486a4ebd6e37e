import { Anchor, Text } from "@mantine/core";
import type { WebhookDto } from "@roundtable/client";
import { Link } from "react-router";
import { useI18n } from "../../../i18n";
import { useMay } from "../../../shared/lib/session";
import { When } from "../../../shared/ui/When";

/** When an endpoint was added and, if that is known, by whom. */
export function Added({ webhook: { createdAt, createdBy } }: { webhook: WebhookDto }) {
  const { t } = useI18n();
  const may = useMay();
  return (
    <div>
      <Text size="sm">
        <When at={createdAt} exact />
      </Text>
      {createdBy && (
        <Text size="xs" c="dimmed">
          {t("webhooks.by")}{" "}
          {may("seeUser") ? (
            <Anchor size="xs" component={Link} to={`/admin/users/${createdBy.id}`}>
              {createdBy.name}
            </Anchor>
          ) : (
            createdBy.name
          )}
        </Text>
      )}
    </div>
  );
}
