import { ActionIcon, Button, Kbd } from "@mantine/core";
import { useDisclosure, useHotkeys, useOs } from "@mantine/hooks";
import { lazy, Suspense } from "react";
import { useI18n } from "../../i18n";
import { retried } from "../../shared/lib/retried";
import { Icon } from "../../shared/ui/Icon";

const Palette = lazy(() => retried(() => import("./Palette")));

/** Opens the search; its script loads when it is first used. */
export function FindButton() {
  const { t } = useI18n();
  const [opened, { open, close }] = useDisclosure();
  const mac = ["macos", "ios"].includes(useOs());
  useHotkeys([["mod+K", open]], []);
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
      {opened && (
        <Suspense>
          <Palette onClose={close} />
        </Suspense>
      )}
    </>
  );
}
