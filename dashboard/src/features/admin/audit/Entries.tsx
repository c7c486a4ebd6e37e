import { Affix, Button, Card } from "@mantine/core";
import type { AuditEntryDto } from "@roundtable/client";
import { useI18n } from "../../../i18n";
import { AuditList } from "../../../shared/ui/AuditList";
import { Empty } from "../../../shared/ui/Empty";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { LoadMore } from "../../../shared/ui/LoadMore";
import { merged, useFollow } from "./api/followAudit";
import { type AuditFilter, useAudit } from "./api/listAudit";
import { useUndisturbed } from "./useUndisturbed";

const none: readonly AuditEntryDto[] = [];

/** The entries of a filter; while it follows, new ones come in above, but never move what is being read. */
export function Entries({ filter, follows }: { filter: AuditFilter; follows: boolean }) {
  const { t } = useI18n();
  const audit = useAudit(filter);
  const loaded = audit.data?.pages.flatMap((p) => p.items) ?? none;
  const newer = useFollow(filter, follows && audit.isSuccess, loaded[0]);
  const { shown, release, area } = useUndisturbed(newer.data ?? none);
  const entries = merged(shown, loaded);
  const known = new Set(entries.map((e) => e.id));
  const waiting = (newer.data ?? none).filter((e) => !known.has(e.id)).length;
  return (
    <>
      <Failure error={audit.error} retry={() => void audit.refetch()} />
      <Failure error={follows ? newer.error : null} retry={() => void newer.refetch()} />
      <div {...area}>
        <div role="status">
          {waiting > 0 && (
            <Affix position={{ top: 68, left: "50%" }} zIndex={150} withinPortal={false} style={{ transform: "translateX(-50%)" }}>
              <Button size="compact-md" onClick={release}>
                {t(waiting === 1 ? "audit.oneNew" : "audit.new", { count: waiting })}
              </Button>
            </Affix>
          )}
        </div>
        <Card withBorder padding={0}>
          {audit.isPending && <Loading rows={10} height={28} />}
          {entries.length > 0 && <AuditList entries={entries} />}
          {audit.isSuccess && entries.length === 0 && <Empty title={t("audit.empty")} hint={t("filter.hint")} />}
        </Card>
      </div>
      <LoadMore more={audit.hasNextPage} pending={audit.isFetchingNextPage} onMore={() => void audit.fetchNextPage()} />
    </>
  );
}
