import { useI18n } from "../../../i18n";
import { Empty } from "../../../shared/ui/Empty";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { LoadMore } from "../../../shared/ui/LoadMore";
import { Section } from "../../../shared/ui/Section";
import { useEmails } from "../emails/api/listEmails";
import { EmailTable } from "../emails/EmailTable";

/** The mails of an account. */
export function UserMails({ id }: { id: string }) {
  const { t } = useI18n();
  const emails = useEmails({ userId: id }, 10);
  const items = emails.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <Section title={t("stats.mails")} text={t("user.mailsText")}>
      <Failure error={emails.error} retry={() => void emails.refetch()} />
      {emails.isPending && <Loading rows={3} />}
      {items.length > 0 && <EmailTable mails={items} />}
      {emails.isSuccess && items.length === 0 && <Empty title={t("emails.empty")} />}
      <LoadMore auto={false} more={emails.hasNextPage} pending={emails.isFetchingNextPage} onMore={() => void emails.fetchNextPage()} />
    </Section>
  );
}
