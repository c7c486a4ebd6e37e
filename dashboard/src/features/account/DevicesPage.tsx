import { Card, Stack } from "@mantine/core";
import { useI18n } from "../../i18n";
import { Failure } from "../../shared/ui/Failure";
import { Loading } from "../../shared/ui/Loading";
import { Page } from "../../shared/ui/Page";
import { useEndDevice } from "./api/endDevice";
import { useDevices } from "./api/listDevices";
import { Device } from "./Device";
import { SignOutDevices } from "./SignOutDevices";

export default function DevicesPage() {
  const { t } = useI18n();
  const devices = useDevices();
  const end = useEndDevice();
  return (
    <Page
      title={t("devices.title")}
      lead={t("devices.lead")}
      actions={devices.data && <SignOutDevices others={devices.data.filter((d) => !d.current).length} />}
    >
      <Failure error={devices.error} retry={() => void devices.refetch()} />
      <Failure error={end.error} />
      {devices.isPending && <Loading rows={3} height={80} />}
      <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: "none" }}>
        {devices.data?.map((device) => (
          <Card withBorder component="li" padding="md" key={device.id}>
            <Device device={device} end={end} />
          </Card>
        ))}
      </Stack>
    </Page>
  );
}
