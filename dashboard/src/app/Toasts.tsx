import { MantineThemeProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { useI18n } from "../i18n";

/** The messages about what was done, below the dialogs, whose buttons they would cover. Their close buttons have a name. */
export function Toasts() {
  const { t } = useI18n();
  const components = { Notification: { defaultProps: { closeButtonProps: { "aria-label": t("close") } } } };
  return (
    <MantineThemeProvider inherit theme={{ components }}>
      <Notifications position="bottom-right" zIndex={190} />
    </MantineThemeProvider>
  );
}
