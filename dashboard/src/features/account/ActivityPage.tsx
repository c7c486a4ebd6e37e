import { Card } from "@mantine/core";
import { useI18n } from "../../i18n";
import { AuditList } from "../../shared/ui/AuditList";
import { Empty } from "../../shared/ui/Empty";
import { Failure } from "../../shared/ui/Failure";
import { Loading } from "../../shared/ui/Loading";
import { LoadMore } from "../../shared/ui/LoadMore";
import { Page } from "../../shared/ui/Page";
import { useActivity } from "./api/listActivity";

export default function ActivityPage() {
  const { t } = useI18n();
  const activity = useActivity();
  const entries = activity.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <Page title={t("activity.title")} lead={t("activity.lead")}>
      <Card withBorder padding={0}>
        {activity.isPending && <Loading rows={8} height={28} />}
        {entries.length > 0 && <AuditList entries={entries} />}
        {activity.isSuccess && entries.length === 0 && <Empty title={t("activity.empty")} />}
      </Card>
      <Failure error={activity.error} retry={() => void activity.refetch()} />
      <LoadMore more={activity.hasNextPage} pending={activity.isFetchingNextPage} onMore={() => void activity.fetchNextPage()} />
    </Page>
  );
}
