import { ActionIcon, Button, Kbd } from "@mantine/core";
import { useDisclosure, useHotkeys, useOs } from "@mantine/hooks";
import { useI18n } from "../../i18n";
import { useSignedIn } from "../../shared/lib/session";
import { Icon } from "../../shared/ui/Icon";
import { Palette } from "./Palette";

/** Opens the search. */
export function FindButton() {
  const { t } = useI18n();
  const [opened, { open, close }] = useDisclosure();
  const mac = ["macos", "ios"].includes(useOs());
  const { other } = useSignedIn();
  // Not over the dialog that says whose session it is now.
  useHotkeys(other ? [] : [["mod+K", open]], []);
  return (
    <>
      <Button
        visibleFrom="sm"
        variant="default"
        aria-keyshortcuts={mac ? "Meta+K" : "Control+K"}
        leftSection={<Icon name="search" />}
        rightSection={
          <Kbd size="xs" aria-hidden>
            {mac ? "⌘ K" : t("find.keys")}
          </Kbd>
        }
        onClick={open}
      >
        {t("find.action")}
      </Button>
      <ActionIcon hiddenFrom="sm" variant="subtle" color="gray" size="lg" aria-label={t("find.action")} onClick={open}>
        <Icon name="search" />
      </ActionIcon>
      {opened && <Palette onClose={close} />}
    </>
  );
}
