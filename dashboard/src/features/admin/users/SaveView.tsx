import { Button, Group, List, Stack, Text, TextInput } from "@mantine/core";
import { useI18n } from "../../../i18n";
import { say } from "../../../shared/lib/toasts";
import { useDraft } from "../../../shared/lib/unsaved";
import { Cancel } from "../../../shared/ui/Cancel";
import { Dialog } from "../../../shared/ui/Dialog";
import { useFilterWords } from "./useFilterWords";
import type { UserFilterState } from "./useUserFilter";
import { maxNameLength, type ViewsState } from "./useViews";

/** Saves what the list shows under a name. */
export function SaveView({ state, views, onClose }: { state: UserFilterState; views: ViewsState; onClose: () => void }) {
  const { t } = useI18n();
  const words = useFilterWords()(state.query);
  const [typed, setTyped, leave] = useDraft("view", "");
  const name = typed.trim();
  const search = state.query.get("search");
  const taken = views.views.some((v) => v.name === name);
  return (
    <Dialog onClose={() => leave(onClose)} title={t("views.saveTitle")}>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          if (name !== "") {
            views.save({ name, query: state.view });
            say(t("views.saved", { name }));
            onClose();
          }
        }}
      >
        <Stack>
          <Text size="sm">{t("views.saveText")}</Text>
          <List size="sm">
            {search && <List.Item>{t("chip.search", { search })}</List.Item>}
            {words.map((w) => (
              <List.Item key={w.name}>{w.text}</List.Item>
            ))}
            <List.Item>{t(`sort.${state.filter.sort}:${state.filter.order}`)}</List.Item>
          </List>
          <TextInput
            label={t("views.name")}
            value={typed}
            required
            maxLength={maxNameLength}
            autoComplete="off"
            data-autofocus
            description={taken ? t("views.replaces") : undefined}
            onChange={(e) => setTyped(e.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Cancel />
            <Button type="submit" disabled={name === ""}>
              {t("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
