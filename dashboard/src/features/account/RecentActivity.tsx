import { Anchor, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { useI18n } from "../../i18n";
import { useSignedIn } from "../../shared/lib/session";
import { Empty } from "../../shared/ui/Empty";
import { Failure } from "../../shared/ui/Failure";
import { Loading } from "../../shared/ui/Loading";
import { Section } from "../../shared/ui/Section";
import { When } from "../../shared/ui/When";
import { useRecentActivity } from "./api/listActivity";

/** The last events of the account, a line each. */
export function RecentActivity() {
  const { t, lookup } = useI18n();
  const { user } = useSignedIn();
  const activity = useRecentActivity();
  return (
    <Section title={t("security.activity")}>
      {activity.isPending && <Loading rows={5} height={36} />}
      <Failure error={activity.error} retry={() => void activity.refetch()} />
      {activity.data?.length === 0 && <Empty title={t("activity.empty")} />}
      <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
        {activity.data?.map((entry) => (
          <li key={entry.id}>
            <Text size="sm" fw={500}>
              {lookup(`action.${entry.action}`) ?? entry.action}
            </Text>
            <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
              <When at={entry.createdAt} />
              {entry.actor && entry.actor.id !== user.id && ` · ${t("security.by", { name: entry.actor.email ?? entry.actor.name ?? "" })}`}
              {entry.ipAddress && ` · ${entry.ipAddress}`}
            </Text>
          </li>
        ))}
      </Stack>
      <Anchor component={Link} to="/account/activity" size="sm">
        {t("security.allEvents")}
      </Anchor>
    </Section>
  );
}
