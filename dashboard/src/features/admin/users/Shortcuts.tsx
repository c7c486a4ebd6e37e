import { Button, Group, Kbd, Stack, Switch, Table, Text } from "@mantine/core";
import { Fragment } from "react";
import { useI18n } from "../../../i18n";
import { Dialog } from "../../../shared/ui/Dialog";
import type { SettingsState } from "./useSettings";

const keys = [
  { text: "keys.move", always: ["↓", "↑"], single: ["j", "k"] },
  { text: "keys.jump", always: ["Home", "End", "PageUp", "PageDown"], single: [] },
  { text: "keys.select", always: ["Space"], single: ["x"] },
  { text: "keys.range", always: ["Shift+Space", "Shift+↓", "Shift+↑"], single: ["Shift+X"] },
  { text: "keys.open", always: ["Enter"], single: [] },
  { text: "keys.search", always: [], single: ["/"] },
  { text: "keys.help", always: [], single: ["?"] },
] as const;

/** The keys of the list of users, and whether single ones count. */
export function Shortcuts({ settings, onClose }: { settings: SettingsState; onClose: () => void }) {
  const { t, lookup } = useI18n();
  const label = (key: string) =>
    key
      .split("+")
      .map((part) => lookup(`key.${part}`) ?? part)
      .join("+");
  return (
    <Dialog onClose={onClose} title={t("keys.title")}>
      <Stack>
        <Text size="sm">{t("keys.text")}</Text>
        <Table aria-label={t("keys.title")}>
          <Table.Tbody>
            {keys.map(({ text, always, single }) => (
              <Table.Tr key={text}>
                <Table.Th scope="row" fw={400}>
                  {t(text)}
                </Table.Th>
                <Table.Td>
                  {[...always, ...(settings.singleKeys ? single : [])].map((key, i) => (
                    <Fragment key={key}>
                      {i > 0 && " "}
                      <Kbd>{label(key)}</Kbd>
                    </Fragment>
                  ))}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Switch
          label={t("keys.single")}
          description={t("keys.singleHint")}
          checked={settings.singleKeys}
          onChange={(e) => settings.set({ singleKeys: e.currentTarget.checked })}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("close")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
