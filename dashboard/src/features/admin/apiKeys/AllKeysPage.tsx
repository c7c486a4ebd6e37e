import { Anchor, Button, Card, Select, Text } from "@mantine/core";
import type { ApiKeyOwnerDto } from "@roundtable/client";
import { useState } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../i18n";
import { useKeys } from "../../../shared/apiKeys/keyRequests";
import { isLive } from "../../../shared/apiKeys/keyState";
import { KeyTable } from "../../../shared/apiKeys/KeyTable";
import { RevokeKey } from "../../../shared/apiKeys/RevokeKey";
import { isOneOf, useAddress } from "../../../shared/lib/address";
import { useMay } from "../../../shared/lib/session";
import { Empty } from "../../../shared/ui/Empty";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { LoadMore } from "../../../shared/ui/LoadMore";
import { Page } from "../../../shared/ui/Page";
import { allKeys } from "./api/allKeys";

const states = ["live", "ended"] as const;

export default function AllKeysPage() {
  const { t } = useI18n();
  const may = useMay();
  const [query, setQuery] = useAddress({ state: isOneOf(states) });
  const state = states.find((s) => s === query.get("state"));
  const requests = allKeys(state && state === "live");
  const keys = useKeys(requests);
  const [revoking, setRevoking] = useState<string | null>(null);
  const items = keys.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <Page
      title={t("allKeys.title")}
      lead={t("allKeys.lead")}
      actions={
        <Select
          aria-label={t("apiKeys.state")}
          placeholder={t("allKeys.any")}
          clearable
          clearButtonProps={{ "aria-label": t("clear") }}
          value={state ?? null}
          data={states.map((value) => ({ value, label: t(`allKeys.${value}`) }))}
          onChange={(value) => setQuery(value ? { state: value } : {})}
        />
      }
    >
      <Failure error={keys.error} retry={() => void keys.refetch()} />
      <Card withBorder padding={0}>
        {keys.isPending && <Loading rows={8} height={28} />}
        {keys.isSuccess && items.length === 0 && <Empty title={t("apiKeys.empty")} {...(state ? { hint: t("filter.hint") } : {})} />}
        {items.length > 0 && (
          <KeyTable
            label={t("allKeys.title")}
            keys={items}
            owner={(key) => <Owner key="owner" owner={key.owner} />}
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
      </Card>
      <LoadMore more={keys.hasNextPage} pending={keys.isFetchingNextPage} onMore={() => void keys.fetchNextPage()} />
      <RevokeKey
        apiKey={items.find((k) => k.id === revoking)}
        text={t("allKeys.revokeText")}
        requests={requests}
        onClose={() => setRevoking(null)}
      />
    </Page>
  );
}

function Owner({ owner: { kind, id, name } }: { owner: ApiKeyOwnerDto }) {
  const { t } = useI18n();
  const may = useMay();
  const [needs, page] =
    kind === "user" ? (["seeUser", "/admin/users"] as const) : (["seeServiceAccounts", "/admin/service-accounts"] as const);
  return (
    <div>
      {may(needs) ? (
        <Anchor size="sm" component={Link} to={`${page}/${id}`}>
          {name}
        </Anchor>
      ) : (
        name
      )}
      <Text size="xs" c="dimmed">
        {t(`target.${kind}`)}
      </Text>
    </div>
  );
}
