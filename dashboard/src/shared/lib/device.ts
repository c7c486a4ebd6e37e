import { useI18n } from "../../i18n";

/** The API names a device in English, such as "Chrome on Windows"; this translates it to the display language. */
export function useDeviceName() {
  const { t } = useI18n();
  return (device: string) => {
    const [browser, system] = device.split(" on ");
    return device === "Unknown device" ? t("device.unknown") : browser && system ? t("device.on", { browser, system }) : device;
  };
}
