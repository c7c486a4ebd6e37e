import { MantineThemeProvider } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Notifications } from "@mantine/notifications";
import { useI18n } from "../i18n";

/** The messages about what was done, below the dialogs, whose buttons they would cover. Their close buttons have a name. */
export function Toasts() {
  const { t } = useI18n();
  const narrow = useMediaQuery("(max-width: 48em)") ?? false;
  const components = { Notification: { defaultProps: { closeButtonProps: { "aria-label": t("close") } } } };
  return (
    <MantineThemeProvider inherit theme={{ components }}>
      {/* Below a phone's form is its button. */}
      <Notifications position={narrow ? "top-center" : "bottom-right"} zIndex={190} />
    </MantineThemeProvider>
  );
}
