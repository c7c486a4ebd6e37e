import { Button, Text } from "@mantine/core";
import type { UserDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../../i18n";
import { useDeviceName } from "../../../shared/lib/device";
import { useMay } from "../../../shared/lib/session";
import { DataTable } from "../../../shared/ui/DataTable";
import { Empty } from "../../../shared/ui/Empty";
import { Failure } from "../../../shared/ui/Failure";
import { Loading } from "../../../shared/ui/Loading";
import { Section } from "../../../shared/ui/Section";
import { When } from "../../../shared/ui/When";
import { useUserSessions } from "./api/listUserSessions";
import { useRevokeSession } from "./api/revokeSession";
import { EndSessions } from "./EndSessions";

export function UserSessions({ user }: { user: UserDto }) {
  const { t } = useI18n();
  const name = useDeviceName();
  const may = useMay();
  const sessions = useUserSessions(user.id);
  const revoke = useRevokeSession(user.id);
  const [asking, setAsking] = useState(false);
  const allowed = may("endSessions");
  return (
    <Section
      title={t("devices.title")}
      aside={
        allowed &&
        sessions.data &&
        sessions.data.length > 0 && (
          <Button variant="default" size="xs" onClick={() => setAsking(true)}>
            {t("user.endSessions")}
          </Button>
        )
      }
    >
      <Failure error={sessions.error ?? revoke.error} retry={() => void sessions.refetch()} />
      {sessions.isPending && <Loading rows={3} />}
      {sessions.data?.length === 0 && <Empty title={t("user.noSessions")} />}
      {sessions.data && sessions.data.length > 0 && (
        <DataTable
          label={t("devices.title")}
          columns={[t("devices.device"), t("devices.method"), t("users.column.lastSeenAt"), t("audit.from"), ""]}
          rows={sessions.data.map((s) => ({
            key: s.id,
            cells: [
              <div key="device">
                {name(s.device)}
                {s.current && (
                  <Text size="xs" c="dimmed">
                    {t("devices.current")}
                  </Text>
                )}
              </div>,
              t(`method.${s.method}`),
              <When key="seen" at={s.lastSeenAt} />,
              s.ipAddress ?? "–",
              allowed && !s.current && (
                <Button
                  key="end"
                  size="xs"
                  variant="default"
                  aria-label={t("user.endSessionOne", { device: name(s.device) })}
                  onClick={() => revoke.mutate(s.id)}
                >
                  {t("user.endSession")}
                </Button>
              ),
            ],
          }))}
        />
      )}
      <EndSessions user={user} opened={asking} onClose={() => setAsking(false)} />
    </Section>
  );
}
