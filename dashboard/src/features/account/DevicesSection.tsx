import { Anchor, Stack } from "@mantine/core";
import { Link } from "react-router";
import { useI18n } from "../../i18n";
import { Failure } from "../../shared/ui/Failure";
import { Loading } from "../../shared/ui/Loading";
import { Section } from "../../shared/ui/Section";
import { useEndDevice } from "./api/endDevice";
import { useDevices } from "./api/listDevices";
import { Device } from "./Device";
import { SignOutDevices } from "./SignOutDevices";

const shown = 4;

/** This device and those seen last. */
export function DevicesSection() {
  const { t } = useI18n();
  const devices = useDevices();
  const end = useEndDevice();
  const all = [...(devices.data ?? [])].sort((a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt.localeCompare(a.lastSeenAt));
  return (
    <Section title={t("devices.title")} text={t("devices.lead")}>
      {devices.isPending && <Loading rows={2} height={48} />}
      <Failure error={devices.error} retry={() => void devices.refetch()} />
      <Failure error={end.error} />
      <Stack gap="md" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
        {all.slice(0, shown).map((device) => (
          <li key={device.id}>
            <Device device={device} end={end} />
          </li>
        ))}
      </Stack>
      {all.length > shown && (
        <Anchor component={Link} to="/account/devices" size="sm">
          {t("devices.all", { count: all.length })}
        </Anchor>
      )}
      {devices.data && <SignOutDevices others={all.filter((d) => !d.current).length} />}
    </Section>
  );
}
