import { useI18n } from "../../../i18n";
import { AuditList } from "../../../shared/ui/AuditList";
import { Empty } from "../../../shared/ui/Empty";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { LoadMore } from "../../../shared/ui/LoadMore";
import { Section } from "../../../shared/ui/Section";
import { useAudit } from "../audit/api/listAudit";

export function UserActivity({ id }: { id: string }) {
  const { t } = useI18n();
  const audit = useAudit({ subject: id }, 20);
  const entries = audit.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <Section title={t("activity.title")}>
      <Failure error={audit.error} retry={() => void audit.refetch()} />
      {audit.isPending && <Loading rows={5} />}
      {entries.length > 0 && <AuditList entries={entries} />}
      {audit.isSuccess && entries.length === 0 && <Empty title={t("activity.empty")} />}
      <LoadMore auto={false} more={audit.hasNextPage} pending={audit.isFetchingNextPage} onMore={() => void audit.fetchNextPage()} />
    </Section>
  );
}
