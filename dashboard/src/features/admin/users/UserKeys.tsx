import { Button } from "@mantine/core";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { useKeys } from "../../../shared/apiKeys/keyRequests";
import { isLive } from "../../../shared/apiKeys/keyState";
import { KeyTable } from "../../../shared/apiKeys/KeyTable";
import { RevokeKey } from "../../../shared/apiKeys/RevokeKey";
import { useMay } from "../../../shared/lib/session";
import { Empty } from "../../../shared/ui/Empty";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { LoadMore } from "../../../shared/ui/LoadMore";
import { Section } from "../../../shared/ui/Section";
import { userKeys } from "./api/userKeys";

/** The API keys of an account. */
export function UserKeys({ id }: { id: string }) {
  const { t } = useI18n();
  const may = useMay();
  const requests = userKeys(id);
  const keys = useKeys(requests);
  const [revoking, setRevoking] = useState<string | null>(null);
  const items = keys.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <Section title={t("apiKeys.title")}>
      <Failure error={keys.error} retry={() => void keys.refetch()} />
      {keys.isPending && <Loading rows={3} />}
      {keys.isSuccess && items.length === 0 && <Empty title={t("apiKeys.empty")} />}
      {items.length > 0 && (
        <KeyTable
          label={t("apiKeys.title")}
          keys={items}
          actions={(key) =>
            may("revokeApiKeys") &&
            isLive(key) && (
              <Button
                key="revoke"
                size="xs"
                variant="default"
                aria-label={t("apiKeys.revokeOne", { name: key.name })}
                onClick={() => setRevoking(key.id)}
              >
                {t("apiKeys.revoke")}
              </Button>
            )
          }
        />
      )}
      <LoadMore auto={false} more={keys.hasNextPage} pending={keys.isFetchingNextPage} onMore={() => void keys.fetchNextPage()} />
      <RevokeKey
        apiKey={items.find((k) => k.id === revoking)}
        text={t("allKeys.revokeText")}
        requests={requests}
        onClose={() => setRevoking(null)}
      />
    </Section>
  );
}
