import { Badge, Button, Group, Text } from "@mantine/core";
import type { SessionDto } from "@roundtable/client";
import { useI18n } from "../../i18n";
import { useDeviceName } from "../../shared/lib/device";
import { say } from "../../shared/lib/toasts";
import { Icon } from "../../shared/ui/Icon";
import { When } from "../../shared/ui/When";
import { useEndDevice } from "./api/endDevice";

// Such an address says no more than that the device is in the server's own network.
const local = /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd]|fe[89ab])/i;

/** A device in a list: what it is, where and when it was seen, and the button that signs it out. */
export function Device({ device, end }: { device: SessionDto; end: ReturnType<typeof useEndDevice> }) {
  const { t } = useI18n();
  const name = useDeviceName()(device.device);
  const place = !device.ipAddress ? t("devices.nowhere") : local.test(device.ipAddress) ? t("devices.localNetwork") : device.ipAddress;
  return (
    <Group justify="space-between" wrap="wrap">
      <Group gap="md" wrap="nowrap" style={{ minWidth: 0, flex: "1 1 220px" }}>
        <Icon name="device" size={26} />
        <div style={{ minWidth: 0 }}>
          <Group gap="xs">
            <Text fw={600}>{name}</Text>
            {device.current && (
              <Badge variant="dot" color="teal">
                {t("devices.current")}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {[t(`method.${device.method}`), place, t("devices.lastSeen")].join(" · ")} <When at={device.lastSeenAt} />
          </Text>
        </div>
      </Group>
      {!device.current && (
        <Button
          variant="default"
          size="xs"
          aria-label={t("devices.endOne", { device: name })}
          onClick={() => end.mutate(device.id, { onSuccess: () => say(t("devices.ended", { device: name })) })}
        >
          {t("signOut")}
        </Button>
      )}
    </Group>
  );
}
