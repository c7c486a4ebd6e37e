import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useI18n } from "../../../i18n";
import { sayUndoable } from "../../../shared/lib/toasts";
import { forgetUnsaved, leaving, useDraft } from "../../../shared/lib/unsaved";
import { Dialog } from "../../../shared/ui/Dialog";
import { maxNameLength, type View, type ViewsState } from "./useViews";

/** Renames and deletes saved views. */
export function ManageViews({ views, onClose }: { views: ViewsState; onClose: () => void }) {
  const { t } = useI18n();
  const leave = () =>
    leaving(() => {
      forgetUnsaved();
      onClose();
    });
  return (
    <Dialog onClose={leave} title={t("views.manageTitle")}>
      <Stack>
        {views.views.length === 0 && <Text size="sm">{t("views.none")}</Text>}
        {views.views.map((v) => (
          <ViewName key={v.name} view={v} views={views} onClose={onClose} />
        ))}
        <Group justify="flex-end">
          <Button variant="default" onClick={leave}>
            {t("close")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function ViewName({ view, views, onClose }: { view: View; views: ViewsState; onClose: () => void }) {
  const { t } = useI18n();
  const [typed, setTyped] = useDraft(`view ${view.name}`, view.name);
  const name = typed.trim();
  const taken = name !== view.name && views.views.some((v) => v.name === name);
  const usable = name !== "" && name !== view.name && !taken;
  const remove = () =>
    leaving(() => {
      forgetUnsaved();
      views.remove(view.name);
      // The dialog would cover the button that undoes it.
      onClose();
      sayUndoable(t("views.deleted", { name: view.name }), () => {
        views.save(view);
        return Promise.resolve();
      });
    });
  return (
    <form
      onSubmit={(e) => {
        e.preventDefault();
        if (usable) {
          views.rename(view.name, name);
        }
      }}
    >
      <Group gap="xs" align="flex-start">
        <TextInput
          flex={1}
          miw={160}
          aria-label={t("views.nameOf", { name: view.name })}
          value={typed}
          maxLength={maxNameLength}
          autoComplete="off"
          error={taken ? t("views.taken") : undefined}
          onChange={(e) => setTyped(e.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!usable} aria-label={t("views.renameOne", { name: view.name })}>
          {t("views.rename")}
        </Button>
        <Button variant="default" onClick={remove} aria-label={t("views.deleteOne", { name: view.name })}>
          {t("views.delete")}
        </Button>
      </Group>
    </form>
  );
}
