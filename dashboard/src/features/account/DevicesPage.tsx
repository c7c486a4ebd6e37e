import { Badge, Button, Card, Group, Stack, Text } from "@mantine/core";
import type { SessionDto } from "@roundtable/client";
import { useState } from "react";
import { useI18n } from "../../i18n";
import { useDeviceName } from "../../shared/lib/device";
import { say } from "../../shared/lib/toasts";
import { Confirm } from "../../shared/ui/Confirm";
import { Failure } from "../../shared/ui/Failure";
import { Icon } from "../../shared/ui/Icon";
import { Loading } from "../../shared/ui/Loading";
import { Page } from "../../shared/ui/Page";
import { When } from "../../shared/ui/When";
import { useEndDevice } from "./api/endDevice";
import { useEndOtherDevices } from "./api/endOtherDevices";
import { useDevices } from "./api/listDevices";

export default function DevicesPage() {
  const { t } = useI18n();
  const devices = useDevices();
  const name = useDeviceName();
  const end = useEndDevice();
  const endOthers = useEndOtherDevices();
  const [asking, setAsking] = useState(false);
  const others = devices.data?.filter((d) => !d.current).length ?? 0;
  return (
    <Page
      title={t("devices.title")}
      lead={t("devices.lead")}
      actions={
        others > 0 && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t("devices.endOthers")}
          </Button>
        )
      }
    >
      <Failure error={devices.error} retry={() => void devices.refetch()} />
      <Failure error={end.error} />
      {devices.isPending && <Loading rows={3} height={80} />}
      <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
        {devices.data?.map((device) => (
          <Device
            key={device.id}
            device={device}
            onEnd={() => end.mutate(device.id, { onSuccess: () => say(t("devices.ended", { device: name(device.device) })) })}
          />
        ))}
      </Stack>
      <Confirm
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("devices.endOthers")}
        text={t("devices.endOthersText", { count: others })}
        action={t("devices.endOthers")}
        pending={endOthers.isPending}
        error={endOthers.error}
        onConfirm={() =>
          endOthers.mutate(undefined, {
            onSuccess: () => {
              setAsking(false);
              say(t("devices.othersEnded"));
            },
          })
        }
      />
    </Page>
  );
}

function Device({ device, onEnd }: { device: SessionDto; onEnd: () => void }) {
  const { t } = useI18n();
  const name = useDeviceName();
  return (
    <Card withBorder component="li" padding="md">
      <Group justify="space-between" wrap="wrap">
        <Group gap="md" wrap="nowrap" style={{ minWidth: 0, flex: "1 1 220px" }}>
          <Icon name="device" size={26} />
          <div style={{ minWidth: 0 }}>
            <Group gap="xs">
              <Text fw={600}>{name(device.device)}</Text>
              {device.current && (
                <Badge variant="dot" color="teal">
                  {t("devices.current")}
                </Badge>
              )}
            </Group>
            <Text size="sm" c="dimmed">
              {[t(`method.${device.method}`), device.ipAddress ?? t("unknown"), t("devices.lastSeen")].join(" · ")}{" "}
              <When at={device.lastSeenAt} />
            </Text>
          </div>
        </Group>
        {!device.current && (
          <Button variant="default" size="xs" aria-label={t("devices.endOne", { device: name(device.device) })} onClick={onEnd}>
            {t("signOut")}
          </Button>
        )}
      </Group>
    </Card>
  );
}
